#include "folder/snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"

namespace tidemark {
namespace {

using testing::HasSubstr;

Table users() {
  Table table{.path = {"", "users"}};
  table.columns = {
      {.name = "id", .type = {"integer"}, .primary_key = true, .not_null = true},
      {.name = "10", .type = {"text"}, .default_value = Literal{"'it''s'"}},
      {.name = "2", .type = {"integer"}, .default_value = Literal{"1.5", false}},
  };
  table.indexes = {{.name = "lower_name",
                    .columns = {{.text = "lower(\"10\")", .is_expression = true}, {.text = "id"}},
                    .where = "id > 1"}};
  table.foreign_keys = {{.name = "self",
                         .columns = {"2"},
                         .target = {"", "users"},
                         .target_columns = {"id"},
                         .on_delete = "cascade"}};
  return table;
}

SnapshotIds ids() { return {.id = "one", .previous = "zero"}; }

std::string mistake_in(std::string_view text, Engine engine, SourceRange* range = nullptr,
                       std::string* hint = nullptr) {
  try {
    parse_snapshot(text, engine, "0003_snapshot.json");
  } catch (const Error& error) {
    if (range && error.range()) *range = *error.range();
    if (hint) *hint = error.hint();
    return error.message();
  }
  return {};
}

constexpr std::string_view sqlite_text = R"({
  "version": "6",
  "dialect": "sqlite",
  "id": "one",
  "prevId": "zero",
  "tables": {
    "users": {
      "name": "users",
      "columns": {},
      "indexes": {},
      "foreignKeys": {},
      "compositePrimaryKeys": {},
      "uniqueConstraints": {},
      "checkConstraints": {}
    }
  },
  "views": {},
  "enums": {},
  "_meta": {
    "schemas": {},
    "tables": {
      "\"people\"": "\"users\""
    },
    "columns": {}
  },
  "internal": {
    "indexes": {}
  }
})";

TEST(Snapshot, OfSqliteIsWrittenByteForByteAsItWasRead) {
  Snapshot snapshot = parse_snapshot(sqlite_text, Engine::sqlite, "f");
  EXPECT_EQ(write_snapshot(snapshot.catalog, snapshot.ids, snapshot.meta), sqlite_text);
}

TEST(Snapshot, KeepsEveryPartOfASqliteTable) {
  Catalog catalog{.engine = Engine::sqlite, .tables = {users()}};
  std::string text = write_snapshot(catalog, ids());
  // Members that look like numbers come first, as in any JavaScript object.
  Catalog read = parse_snapshot(text, Engine::sqlite, "f").catalog;
  ASSERT_EQ(read.tables.size(), 1u);
  EXPECT_EQ(read.tables[0].columns[0].name, "2");
  EXPECT_EQ(read.tables[0].columns[1].name, "10");
  EXPECT_EQ(read.tables[0].indexes, catalog.tables[0].indexes);
  EXPECT_EQ(read.tables[0].foreign_keys, catalog.tables[0].foreign_keys);
  EXPECT_EQ(write_snapshot(read, ids()), text);
}

Catalog postgres_catalog() {
  Table table = users();
  table.path.schema = "auth";
  table.indexes[0].method = "gin";
  table.indexes[0].columns[1].opclass = "int4_ops";
  table.indexes[0].with = {{"fillfactor", {"70", false}}};
  table.foreign_keys[0].target.schema = "auth";
  table.columns.push_back({.name = "mood", .type = {"mood", "public"}});
  table.columns.push_back({.name = "n",
                           .type = {"integer"},
                           .identity = Identity{.sequence = {"auth", "n_seq"},
                                                .options = {.increment = "1", .cycle = false}}});
  table.columns.push_back({.name = "g", .type = {"text"}, .generated = Generated{"lower('A')"}});
  table.policies = {{.name = "own", .using_expression = "true"}};
  return {.schemas = {{"auth"}},
          .enums = {{.path = {"public", "mood"}, .values = {"sad", "ok"}}},
          .sequences = {{.path = {"public", "s"}, .options = {.start_with = "5"}}},
          .roles = {{.name = "admin", .create_db = true}},
          .tables = {table},
          .policies = {{.name = "linked", .on = {"public", "other"}}},
          .views = {{.path = {"public", "v"},
                     .definition = "select 1",
                     .materialized = true,
                     .with = std::vector<StorageOption>{{"fillfactor", {"70", false}}}}}};
}

TEST(Snapshot, KeepsEveryPartOfAPostgresSchema) {
  std::string text = write_snapshot(postgres_catalog(), ids());
  Catalog read = parse_snapshot(text, Engine::postgresql, "f").catalog;
  EXPECT_EQ(write_snapshot(read, ids()), text);
  EXPECT_EQ(read.enums, postgres_catalog().enums);
  EXPECT_EQ(read.policies, postgres_catalog().policies);
  EXPECT_EQ(read.views, postgres_catalog().views);
}

TEST(Snapshot, NamesThePathAndTheLineOfAnUnknownMember) {
  std::string text = replace_all(std::string(sqlite_text), "\"columns\": {},\n      \"indexes\"",
                                 "\"columns\": {},\n      \"colour\": 1,\n      \"indexes\"");
  SourceRange range;
  std::string message = mistake_in(text, Engine::sqlite, &range);
  EXPECT_EQ(message, "0003_snapshot.json is malformed: tables.users.colour is not known here");
  EXPECT_EQ(range.line, 10u);
}

TEST(Snapshot, NamesWhatIsMissing) {
  std::string text = replace_all(std::string(sqlite_text), "\"indexes\": {},", "");
  EXPECT_THAT(mistake_in(text, Engine::sqlite), HasSubstr("tables.users has no \"indexes\""));
}

TEST(Snapshot, OfAnOlderVersionAsksForUp) {
  std::string text = replace_all(std::string(sqlite_text), "\"6\"", "\"5\"");
  std::string hint;
  EXPECT_THAT(mistake_in(text, Engine::turso, nullptr, &hint), HasSubstr("version 5"));
  EXPECT_EQ(hint, "run `tidemark up`");
}

TEST(Snapshot, OfAnotherDialectSaysSo) {
  EXPECT_THAT(mistake_in(sqlite_text, Engine::postgresql), HasSubstr("dialect \"sqlite\""));
}

TEST(Snapshot, WithAMergeConflictIsLocated) {
  std::string text = replace_all(std::string(sqlite_text), "  \"views\": {},", "<<<<<<< HEAD");
  SourceRange range;
  mistake_in(text, Engine::sqlite, &range);
  EXPECT_EQ(range.line, 17u);
}

TEST(SnapshotHeader, IsReadFromTheBeginningOfTheFile) {
  SnapshotHeader header = read_header(sqlite_text.substr(0, 90));
  EXPECT_EQ(header.ids, ids());
  EXPECT_EQ(header.version, "6");
  EXPECT_EQ(header.dialect, "sqlite");
}

TEST(SnapshotHeader, IsIncompleteWhenCutOff) {
  EXPECT_EQ(read_header(sqlite_text.substr(0, 60)).ids.previous, "");
}

TEST(SnapshotHeader, HasItsIdsAtTheEndInOldFiles) {
  EXPECT_EQ(read_last_ids("{\"id\": \"x\"\n    \"id\": \"y\",\n  \"id\": \"one\",\n"
                          "  \"prevId\": \"zero\"\n}"),
            ids());
}

TEST(UpgradeSnapshot, BringsPostgresFromVersion5ToToday) {
  std::string old = R"({"version":"5","dialect":"pg","id":"a","prevId":"b","tables":{"users":{
    "name":"users","schema":"","columns":{},"indexes":{"i":{"name":"i","columns":["x"],
    "isUnique":false}},"foreignKeys":{},"compositePrimaryKeys":{},"uniqueConstraints":{}}},
    "enums":{"mood":{"name":"mood","values":{"sad":"sad","ok":"ok"}}},"schemas":{},
    "_meta":{"schemas":{},"tables":{},"columns":{}}})";
  auto text = upgrade_snapshot(old, Engine::postgresql, "f");
  ASSERT_TRUE(text);
  Catalog catalog = parse_snapshot(*text, Engine::postgresql, "f").catalog;
  EXPECT_EQ(catalog.enums[0].path, (Path{"public", "mood"}));
  EXPECT_EQ(catalog.enums[0].values, (std::vector<std::string>{"sad", "ok"}));
  EXPECT_EQ(catalog.tables[0].indexes[0].columns[0], (IndexColumn{.text = "x"}));
  EXPECT_FALSE(upgrade_snapshot(*text, Engine::postgresql, "f")) << "it is one of today now";
}

TEST(UpgradeSnapshot, WritesJsonDefaultsOfSqliteAsText) {
  std::string old = replace_all(
      replace_all(std::string(sqlite_text), "\"version\": \"6\"", "\"version\": \"5\""),
      "\"columns\": {},\n      \"indexes\"",
      R"("columns": {"a": {"name": "a", "type": "text", "primaryKey": false, "notNull": false,
         "default": {"k": [1, 2]}}}, "indexes")");
  Catalog catalog =
      parse_snapshot(upgrade_snapshot(old, Engine::sqlite, "f").value(), Engine::sqlite, "f")
          .catalog;
  EXPECT_EQ(catalog.tables[0].columns[0].default_value, Literal{"'{\"k\":[1,2]}'"});
}

TEST(UpgradeSnapshot, RefusesWhatIsTooOld) {
  std::string old =
      replace_all(std::string(sqlite_text), "\"version\": \"6\"", "\"version\": \"3\"");
  EXPECT_THROW(upgrade_snapshot(old, Engine::sqlite, "f"), Error);
}

TEST(SameText, IgnoresIdsAndWhiteSpaceOnly) {
  constexpr std::string_view text =
      R"({"version":"6","tables":{"id":{"a b":"x \\"y\\\\"}},"n":[1,-2.5]})";
  EXPECT_TRUE(same_text(text, text));
  EXPECT_TRUE(same_text(text, R"({ "id": "1", "prevId": "{,}",
    "version": "6", "tables": { "id": { "a b": "x \\"y\\\\" } }, "n": [ 1, -2.5 ] }
  )"));
  EXPECT_TRUE(same_text(
      text, R"({"version":"6","id":"1","tables":{"id":{"a b":"x \\"y\\\\"}},"n":[1,-2.5]})"));
  EXPECT_FALSE(
      same_text(text, R"({"version":"6","tables":{"id":{"ab":"x \\"y\\\\"}},"n":[1,-2.5]})"));
  EXPECT_FALSE(
      same_text(text, R"({"version":"6","tables":{"id":{"a b":"x \\"y\\\\"}},"n":[1,-2.51]})"));
  EXPECT_FALSE(
      same_text(text, R"({"version":"6","tables":{"id":{"a b":"x \\"y\\\\"}},"n":[12.5]})"));
  EXPECT_FALSE(same_text(text, R"({"version":"6"})"));
  EXPECT_FALSE(same_text(text, ""));
  EXPECT_FALSE(same_text(text, text.substr(0, text.size() - 1)));
}

}  // namespace
}  // namespace tidemark
