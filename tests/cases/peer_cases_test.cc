// Ours is the same as the peer's SQL, but for the cases listed in
// peer/differences.json, where that SQL is wrong; each of those gives our SQL and
// names its row in docs/differences.md.
#include "tests/cases/peer_cases.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "base/text.h"
#include "plan/planner.h"

namespace tidemark::tests {
namespace {

struct Difference {
  std::string row;  // of docs/differences.md
  Lines sql;
};

const std::map<std::string, Difference>& differences() {
  static const auto known = [] {
    std::map<std::string, Difference> result;
    json::value document = read_peer_file("differences.json");
    for (const json::value& it : document.as_array())
      result[text(it, "dialect") + "/" + text(it, "name")] = {text(it, "row"), lines(it.at("sql"))};
    return result;
  }();
  return known;
}

Lines planned(const PeerCase& it) {
  Lines sql;
  for (const Statement& statement : make_plan(it.changes(), it.after).statements)
    sql.push_back(statement.sql);
  return sql;
}

class PeerCases : public ::testing::TestWithParam<PeerCase> {};

TEST_P(PeerCases, GiveThePeersSqlOrTheListedOne) {
  const PeerCase& it = GetParam();
  auto listed = differences().find(it.dialect + "/" + it.name);
  if (listed == differences().end()) {
    EXPECT_EQ(planned(it), it.sql);
    return;
  }
  EXPECT_EQ(planned(it), listed->second.sql);
  EXPECT_NE(listed->second.sql, it.sql) << "no difference any more: take it off the list";
}

std::string name_of(const ::testing::TestParamInfo<PeerCase>& info) {
  return test_name(info.param.name, info.index);
}

INSTANTIATE_TEST_SUITE_P(Postgres, PeerCases, ::testing::ValuesIn(peer_cases("postgresql")),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Sqlite, PeerCases, ::testing::ValuesIn(peer_cases("sqlite")), name_of);
INSTANTIATE_TEST_SUITE_P(Turso, PeerCases, ::testing::ValuesIn(peer_cases("turso")), name_of);

TEST(PeerDifferences, EachHasItsRowInTheDocumentation) {
  std::string rows = read_file(TIDEMARK_SOURCE_DIR "/docs/differences.md");
  for (const auto& [name, difference] : differences())
    EXPECT_NE(rows.find("| " + difference.row + " |"), std::string::npos) << name;
}

// The last column of the PostgreSQL table, taken apart.
Lines named_cases(const std::string& document) {
  std::size_t begin = document.find("## PostgreSQL"), end = document.find("\n## ", begin + 1);
  Lines found;
  for (const std::string& line : split(document.substr(begin, end - begin), "\n")) {
    Lines cells = split(line, " | ");
    if (cells.size() != 4 || cells[0] == "| row" || cells[0] == "| ---") continue;
    for (const std::string& name : split(cells[3], "`"))
      if (name.find('_') != std::string::npos) found.push_back(name);
  }
  return found;
}

TEST(PeerDifferences, EveryCaseThatTheDocumentationNamesIsThere) {
  Lines names = named_cases(read_file(TIDEMARK_SOURCE_DIR "/docs/differences.md"));
  EXPECT_FALSE(names.empty());
  for (const std::string& name : names)
    EXPECT_TRUE(
        std::filesystem::exists(TIDEMARK_SOURCE_DIR "/tests/cases/postgres/" + name + ".case"))
        << name;
}

}  // namespace
}  // namespace tidemark::tests
