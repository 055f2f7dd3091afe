#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dialect/dialect.h"
#include "dialect/sqlite/sql_text.h"

namespace tidemark {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Table users(std::vector<Column> columns) {
  return {.path = {"", "users"}, .columns = std::move(columns)};
}
Column id() { return {.name = "id", .type = {"integer"}, .primary_key = true, .not_null = true}; }
Column text(const char* name) { return {.name = name, .type = {"text"}}; }
Column with_default(Column column, const char* value) {
  column.default_value = Literal{value};
  return column;
}
ForeignKey to_teams(std::string on_delete = "no action") {
  return {.name = "fk",
          .columns = {"team"},
          .target = {"", "teams"},
          .target_columns = {"id"},
          .on_delete = std::move(on_delete)};
}

std::vector<std::string> statements(const Table& before, const Table& after, Changes changes,
                                    const Dialect& dialect = sqlite(),
                                    std::vector<View> views = {}) {
  Catalog old{.engine = Engine::sqlite, .tables = {before}, .views = views};
  Catalog now{.engine = Engine::sqlite, .tables = {after}, .views = views};
  std::vector<std::string> all;
  for (const Draft& draft : dialect.render({old, now, changes})) all.push_back(draft.statement.sql);
  return all;
}

TEST(SqliteRebuild, CopiesOnlyWhatBothTablesHave) {
  Column slug = text("slug");
  slug.generated = Generated{"(lower(name))"};
  Table before = users({id(), text("name")});
  Table after = users({id(), text("name"), slug, with_default(text("made"), "(unixepoch())")});
  auto all = statements(before, after,
                        {Add<Column>{after.path, slug}, Add<Column>{after.path, after.columns[3]}});
  EXPECT_THAT(all, Contains("INSERT INTO `__new_users`(\"id\", \"name\") SELECT \"id\", \"name\" "
                            "FROM `users`;"));
  EXPECT_THAT(all, Not(Contains(HasSubstr(" ADD "))));
}

TEST(SqliteRebuild, WritesAgainWhatNoSchemaCanSay) {
  Column kept = id();
  kept.kept = {.key = "DESC ON CONFLICT REPLACE", .not_null = "ON CONFLICT FAIL"};
  Column name = text("name");
  name.kept.sql = "COLLATE NOCASE";
  Index unique{.name = "u", .columns = {{.text = "name"}}, .unique = true};
  Index plain{.name = "p", .columns = {{.text = "name"}}, .unique = true};
  Table before = users({kept, name}), after = users({id(), with_default(text("name"), "'x'")});
  after.indexes = before.indexes = {unique, plain};
  before.indexes[0].kept = {.sql = "ON CONFLICT IGNORE", .columns = {"DESC"}};
  before.indexes[1].kept.columns = {""};  // a constraint that an index says as well
  auto all =
      statements(before, after, {Modify<Column>{after.path, before.columns[1], after.columns[1]}});
  EXPECT_THAT(all, Contains("CREATE TABLE `__new_users` (\n"
                            "\t`id` integer PRIMARY KEY DESC ON CONFLICT REPLACE NOT NULL ON "
                            "CONFLICT FAIL,\n"
                            "\t`name` text DEFAULT 'x' COLLATE NOCASE,\n"
                            "\tCONSTRAINT `u` UNIQUE(`name` DESC) ON CONFLICT IGNORE\n);\n"));
  EXPECT_THAT(all, Not(Contains(HasSubstr("INDEX `u`"))));
  EXPECT_THAT(all, Contains(HasSubstr("INDEX `p`")));
}

TEST(SqliteRebuild, ACounterIsAKeyOfItsOwnKind) {
  Column before = id(), after = id();
  before.kept = {.type = "INT", .key = "DESC"};
  after.autoincrement = true;
  auto all =
      statements(users({before}), users({after}), {Modify<Column>{{"", "users"}, before, after}});
  EXPECT_THAT(all, Contains(HasSubstr("`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL")));
}

TEST(SqliteRebuild, KeepsTheValuesOfAColumnThatIsNoLongerGenerated) {
  Column before = text("slug");
  before.generated = Generated{"(lower(name))", Generated::Storage::virtual_};
  auto all = statements(users({id(), before}), users({id(), text("slug")}),
                        {Modify<Column>{{"", "users"}, before, text("slug")}});
  EXPECT_THAT(all, Contains(HasSubstr("SELECT \"id\", \"slug\" FROM")));
}

TEST(SqliteRebuild, ComesAfterTheRenameOfAColumn) {
  Column after = text("full_name");
  after.not_null = true;
  auto all = statements(users({id(), text("full_name")}), users({id(), after}),
                        {RenamePart<Column>{{"", "users"}, "name", "full_name"},
                         Modify<Column>{{"", "users"}, text("full_name"), after}});
  EXPECT_EQ(all.at(0), "ALTER TABLE `users` RENAME COLUMN \"name\" TO \"full_name\";");
  EXPECT_THAT(all, Contains(HasSubstr("SELECT \"id\", \"full_name\" FROM")));
}

TEST(SqliteRebuild, KeepsRowsWhenNoColumnStays) {
  Column made = with_default(text("made"), "(unixepoch())");
  auto all =
      statements(users({text("a")}), users({made}),
                 {Remove<Column>{{"", "users"}, text("a")}, Add<Column>{{"", "users"}, made}});
  EXPECT_THAT(all, Contains(HasSubstr("(\"rowid\") SELECT \"rowid\" FROM `users`")));
}

TEST(SqliteRebuild, NamesTheNewTableInChecksAndNothingElse) {
  Table before = users({text("at")});
  Table after = before;
  after.checks = {
      {.name = "c", .expression = "users.at <> 'users.x' AND xusers.at = \"users\".at"}};
  auto all = statements(before, after, {Add<Check>{after.path, after.checks[0]}});
  EXPECT_THAT(all.at(1), HasSubstr("CHECK(__new_users.at <> 'users.x' AND xusers.at = "
                                   "\"__new_users\".at)"));
}

TEST(SqliteRebuild, MovesTheViewsOfTheTableAside) {
  Column after = text("name");
  after.not_null = true;
  View view{.path = {"", "v"}, .definition = "select name from Users"};
  View other{.path = {"", "w"}, .definition = "select * from v"};
  View apart{.path = {"", "x"}, .definition = "select 1"};
  auto all = statements(users({text("name")}), users({after}),
                        {Modify<Column>{{"", "users"}, text("name"), after}}, sqlite(),
                        {view, other, apart});
  EXPECT_EQ(all.at(0), "DROP VIEW `v`;");
  EXPECT_EQ(all.at(1), "DROP VIEW `w`;");
  EXPECT_EQ(all.at(all.size() - 2), "CREATE VIEW `v` AS select name from Users;");
  EXPECT_THAT(all, Not(Contains(HasSubstr("`x`"))));
}

TEST(SqliteAddColumn, KeepsTheActionsOfItsReference) {
  Table before = users({id()});
  Table after = users({id(), text("team")});
  after.foreign_keys = {to_teams("cascade")};
  EXPECT_THAT(statements(before, after,
                         {Add<Column>{after.path, text("team")},
                          Add<ForeignKey>{after.path, to_teams("cascade")}}),
              ElementsAre("ALTER TABLE `users` ADD `team` text REFERENCES teams(id) ON UPDATE no "
                          "action ON DELETE cascade;"));
}

TEST(SqliteAddColumn, RebuildsForADefaultThatRowsCannotGet) {
  Table before = users({id()});
  for (const char* value : {"(unixepoch())", "CURRENT_TIMESTAMP", "(1 + 2)"}) {
    Table after = users({id(), with_default(text("made"), value)});
    EXPECT_GT(statements(before, after, {Add<Column>{after.path, after.columns[1]}}).size(), 1u);
  }
  for (const char* value : {"-1.5", "'a'", "(true)", "x'00'", "null"}) {
    Table after = users({id(), with_default(text("made"), value)});
    EXPECT_EQ(statements(before, after, {Add<Column>{after.path, after.columns[1]}}).size(), 1u)
        << value;
  }
}

TEST(SqliteGenerated, IsNotQualifiedByItsTable) {
  Column slug = text("slug");
  slug.generated = Generated{"(\"users\".\"name\" || 'users.')", Generated::Storage::virtual_};
  Table after = users({text("name"), slug});
  EXPECT_THAT(statements(users({text("name")}), after, {Add<Column>{after.path, slug}}),
              ElementsAre("ALTER TABLE `users` ADD `slug` text GENERATED ALWAYS AS "
                          "(\"name\" || 'users.') VIRTUAL;"));
}

TEST(SqliteIndex, IsQualifiedByItsTableOnlyInItsWhere) {
  Table before = users({text("name")});
  Table after = before;
  after.indexes = {{.name = "i",
                    .columns = {{.text = "lower(\"users\".\"name\")", .is_expression = true}},
                    .where = "\"users\".\"name\" > ''"}};
  EXPECT_THAT(statements(before, after, {Add<Index>{after.path, after.indexes[0]}}),
              ElementsAre("CREATE INDEX `i` ON `users` (lower(\"name\")) WHERE "
                          "\"users\".\"name\" > '';"));
}

TEST(Libsql, AltersAColumnBetweenItsIndexes) {
  Table before = users({id(), text("name")});
  before.indexes = {{.name = "i", .columns = {{.text = "lower(name), 1", .is_expression = true}}}};
  Table after = before;
  after.columns[1] = with_default(text("name"), "0");
  EXPECT_THAT(
      statements(before, after, {Modify<Column>{after.path, before.columns[1], after.columns[1]}},
                 libsql()),
      ElementsAre("DROP INDEX \"i\";",
                  "ALTER TABLE `users` ALTER COLUMN \"name\" TO \"name\" text DEFAULT 0;",
                  "CREATE INDEX `i` ON `users` (lower(name), 1);"));
}

TEST(Libsql, AltersAllIndexedColumnsBeforeTheIndexesComeBack) {
  Table before = users({text("a"), text("b")});
  before.indexes = {{.name = "i", .columns = {{.text = "b"}}}};
  Table after = before;
  after.columns[0].not_null = after.columns[1].not_null = true;
  auto all = statements(before, after,
                        {Modify<Column>{after.path, before.columns[0], after.columns[0]},
                         Modify<Column>{after.path, before.columns[1], after.columns[1]}},
                        libsql());
  ASSERT_EQ(all.size(), 4u);
  EXPECT_EQ(all[0], "DROP INDEX \"i\";");
  EXPECT_EQ(all[3], "CREATE INDEX `i` ON `users` (`b`);");
}

TEST(Libsql, LeavesTheIndexOfAConstraintAlone) {
  Table before = users({text("a"), text("b")});
  before.indexes = {{.name = "i", .columns = {{.text = "a"}, {.text = "b"}}, .unique = true}};
  Table after = before;
  before.indexes[0].kept.columns = {"", ""};
  after.columns[0].not_null = true;
  Changes change{Modify<Column>{after.path, before.columns[0], after.columns[0]}};
  EXPECT_THAT(statements(before, after, change, libsql()),
              ElementsAre("ALTER TABLE `users` ALTER COLUMN \"a\" TO \"a\" text NOT NULL;"));
}

TEST(Libsql, RebuildsATableWhoseColumnHoldsAConstraint) {
  Table before = users({text("a")}), after = before;
  before.columns[0].kept.constrains = true;
  after.columns[0].not_null = true;
  auto all = statements(
      before, after, {Modify<Column>{after.path, before.columns[0], after.columns[0]}}, libsql());
  EXPECT_THAT(all, Contains("DROP TABLE `users`;"));
}

TEST(SqlText, FindsNamesInEverySpelling) {
  for (const char* text : {"select a from Users", "\"users\".a", "[users]", "`USERS`"})
    EXPECT_TRUE(sqlite_sql::may_mention(text, "users")) << text;
  for (const char* text : {"users2", "'users'", "-- users\n1", "/* users */ 1"})
    EXPECT_FALSE(sqlite_sql::may_mention(text, "users")) << text;
}

}  // namespace
}  // namespace tidemark
