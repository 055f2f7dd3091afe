// The pairs of snapshots in peer/, with the SQL that Drizzle Kit makes of them.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/json.h"
#include "diff/diff.h"
#include "folder/snapshot.h"

namespace tidemark::tests {

using Lines = std::vector<std::string>;

inline const std::string peer_folder = TIDEMARK_SOURCE_DIR "/tests/cases/peer/";

inline Lines lines(const json::value& list) {
  Lines result;
  for (const json::value& it : list.as_array()) result.emplace_back(it.as_string());
  return result;
}

inline std::string text(const json::value& object, const char* key) {
  return std::string(object.at(key).as_string());
}

inline json::value read_peer_file(const std::string& file) {
  return parse_json(read_file(peer_folder + file), file);
}

struct PeerCase {
  std::string dialect, name;
  Catalog before, after;
  Lines renames, sql;

  DiffResult changes() const {
    NoRenames otherwise;
    GivenRenames given(renames, otherwise);
    return diff(before, after, given);
  }
};
inline void PrintTo(const PeerCase& it, std::ostream* out) { *out << it.name; }

inline Engine engine_of(const std::string& dialect) {
  if (dialect == "postgresql") return Engine::postgresql;
  return dialect == "turso" ? Engine::turso : Engine::sqlite;
}

inline std::vector<PeerCase> peer_cases(const std::string& dialect) {
  Engine engine = engine_of(dialect);
  json::value document = read_peer_file(dialect + ".json");
  std::vector<PeerCase> cases;
  for (const json::value& it : document.as_array()) {
    std::string name = text(it, "name");
    cases.push_back({dialect, name, read_snapshot(it.at("previous"), engine, name),
                     read_snapshot(it.at("current"), engine, name), lines(it.at("renames")),
                     lines(it.at("sql"))});
  }
  return cases;
}

/// A name that GoogleTest takes.
inline std::string test_name(const std::string& name, std::size_t index) {
  std::string result;
  for (char c : name) result += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return result + "_" + std::to_string(index);
}

}  // namespace tidemark::tests
