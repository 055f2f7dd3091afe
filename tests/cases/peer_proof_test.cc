// The peer's PostgreSQL cases on a real server.
#include <gtest/gtest.h>

#include <map>

#include "tests/cases/peer_cases.h"
#include "tests/cases/proof.h"
#include "tests/servers/postgres.h"

namespace tidemark::tests {
namespace {

// Cases that speak of what the snapshots themselves do not make.
const std::map<std::string, std::string>& unprovable() {
  static const auto reasons = [] {
    std::map<std::string, std::string> result;
    json::value document = read_peer_file("unprovable.json");
    for (const auto& [name, reason] : document.as_object())
      result[name] = std::string(reason.as_string());
    return result;
  }();
  return reasons;
}

TEST(PeerProof, EveryMigratedDatabaseIsLikeAFreshOne) {
  FreshPostgres database;
  std::unique_ptr<Connection> connection = database.open();
  for (const PeerCase& it : peer_cases("postgresql")) {
    SCOPED_TRACE(it.name);
    bool provable = !unprovable().contains(it.name);
    try {
      Proof proof = prove(*connection, it.before, it.after, it.changes());
      EXPECT_EQ(proof.returned, proof.started);
      if (provable)
        EXPECT_EQ(proof.migrated, proof.made);
      else
        EXPECT_NE(proof.migrated, proof.made) << "can be proved: take it off the list";
    } catch (const DatabaseError& error) {
      EXPECT_FALSE(provable) << error.message << "\n" << error.detail;
    }
  }
}

}  // namespace
}  // namespace tidemark::tests
