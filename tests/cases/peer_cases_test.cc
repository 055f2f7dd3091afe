// Pairs of snapshots with the SQL that Drizzle Kit makes of them. Ours is the same,
// but for the cases listed in peer/differences.json, where Drizzle Kit's SQL is
// wrong; each of those gives our SQL and names its row in docs/differences.md.
#include <gtest/gtest.h>

#include <map>
#include <ostream>

#include "base/files.h"
#include "base/json.h"
#include "folder/snapshot.h"
#include "plan/planner.h"

namespace tidemark {
namespace {

using Lines = std::vector<std::string>;

const std::string folder = TIDEMARK_SOURCE_DIR "/tests/cases/peer/";

struct Case {
  std::string dialect, name;
  json::value previous, current;
  Lines renames, sql;
};
void PrintTo(const Case& it, std::ostream* out) { *out << it.name; }

struct Difference {
  std::string row;  // of docs/differences.md
  Lines sql;
};

Lines lines(const json::value& list) {
  Lines result;
  for (const json::value& it : list.as_array()) result.emplace_back(it.as_string());
  return result;
}

std::string text(const json::value& object, const char* key) {
  return std::string(object.at(key).as_string());
}

json::value parse(const std::string& file) { return parse_json(read_file(folder + file), file); }

std::vector<Case> cases_of(const std::string& dialect) {
  std::vector<Case> cases;
  json::value document = parse(dialect + ".json");
  for (const json::value& it : document.as_array())
    cases.push_back({dialect, text(it, "name"), it.at("previous"), it.at("current"),
                     lines(it.at("renames")), lines(it.at("sql"))});
  return cases;
}

const std::map<std::string, Difference>& differences() {
  static const auto known = [] {
    std::map<std::string, Difference> result;
    json::value document = parse("differences.json");
    for (const json::value& it : document.as_array())
      result[text(it, "dialect") + "/" + text(it, "name")] = {text(it, "row"), lines(it.at("sql"))};
    return result;
  }();
  return known;
}

Engine engine_of(const std::string& dialect) {
  if (dialect == "postgresql") return Engine::postgresql;
  return dialect == "turso" ? Engine::turso : Engine::sqlite;
}

Lines planned(const Case& it) {
  Engine engine = engine_of(it.dialect);
  Catalog before = read_snapshot(it.previous, engine, it.name);
  Catalog after = read_snapshot(it.current, engine, it.name);
  NoRenames otherwise;
  GivenRenames renames(it.renames, otherwise);
  Lines sql;
  for (const Statement& statement : make_plan(diff(before, after, renames), after).statements)
    sql.push_back(statement.sql);
  return sql;
}

class PeerCase : public testing::TestWithParam<Case> {};

TEST_P(PeerCase, GivesThePeersSqlOrTheListedOne) {
  const Case& it = GetParam();
  auto listed = differences().find(it.dialect + "/" + it.name);
  if (listed == differences().end()) {
    EXPECT_EQ(planned(it), it.sql);
    return;
  }
  EXPECT_EQ(planned(it), listed->second.sql);
  EXPECT_NE(listed->second.sql, it.sql) << "no difference any more: take it off the list";
}

std::string test_name(const testing::TestParamInfo<Case>& info) {
  std::string name;
  for (char c : info.param.name) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name + "_" + std::to_string(info.index);
}

INSTANTIATE_TEST_SUITE_P(Postgres, PeerCase, testing::ValuesIn(cases_of("postgresql")), test_name);
INSTANTIATE_TEST_SUITE_P(Sqlite, PeerCase, testing::ValuesIn(cases_of("sqlite")), test_name);
INSTANTIATE_TEST_SUITE_P(Turso, PeerCase, testing::ValuesIn(cases_of("turso")), test_name);

TEST(PeerDifferences, EachHasItsRowInTheDocumentation) {
  std::string rows = read_file(TIDEMARK_SOURCE_DIR "/docs/differences.md");
  for (const auto& [name, difference] : differences())
    EXPECT_NE(rows.find("| " + difference.row + " |"), std::string::npos) << name;
}

}  // namespace
}  // namespace tidemark
