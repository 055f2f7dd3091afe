#include "engine/step_as_said.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

Table table(const char* name, std::vector<Column> columns) {
  return {.path = {.schema = "public", .name = name}, .columns = std::move(columns)};
}
Column column(const char* name) { return {.name = name, .type = {"text"}}; }

Catalog after_of(const Catalog& before, const Catalog& after, const std::string& sql,
                 Engine engine = Engine::postgresql) {
  MigrationFile file{.tag = "0001_edited", .sql = sql};
  return as_said({before, after, renames_in(file, engine)}, file, engine).after;
}

TEST(StepAsSaid, ForgetsWhatNoStatementMade) {
  Catalog before{.tables = {table("users", {column("id")})}};
  Catalog after{.enums = {{.path = {.schema = "public", .name = "mood"}, .values = {"ok"}}},
                .tables = {table("users", {column("id"), column("age"), column("note")}),
                           table("ghosts", {column("id")})}};
  after.tables[0].indexes = {{.name = "by_age", .columns = {{.text = "age"}}}};
  Catalog said = after_of(before, after, R"(ALTER TABLE "users" ADD COLUMN "age" text; -- ghosts)");
  EXPECT_EQ(said, Catalog{.tables = {table("users", {column("id"), column("age")})}});
}

TEST(StepAsSaid, BelievesWhatStandsInDoBlocks) {
  Catalog after{.tables = {table("users", {column("id")})}};
  EXPECT_EQ(after_of({}, after, "DO $$ BEGIN CREATE TABLE Users (id text); END $$"), after);
}

TEST(StepAsSaid, KeepsTablesThatNoStatementDropped) {
  Catalog before{.tables = {table("users", {column("id")}), table("old", {column("id")})}};
  EXPECT_EQ(after_of(before, {}, "DROP TABLE users"),
            Catalog{.tables = {table("old", {column("id")})}});
}

TEST(StepAsSaid, BelievesThatPartsWentWithAColumn) {
  Catalog before{.tables = {table("users", {column("id"), column("age")})}};
  before.tables[0].indexes = {{.name = "indexed", .columns = {{.text = "age"}}}};
  Catalog after{.tables = {table("users", {column("id")})}};
  EXPECT_EQ(after_of(before, after, "ALTER TABLE users DROP COLUMN age"), after);
}

TEST(StepAsSaid, LeavesAKeyItsNameWhereOnlyTheTableWasRenamed) {
  Catalog before{.tables = {table("token", {column("a"), column("b")})}};
  before.tables[0].primary_keys = {{.name = "token_a_b_pk", .columns = {"a", "b"}}};
  Catalog after{.tables = {table("tokens", {column("a"), column("b")})}};
  after.tables[0].primary_keys = {{.name = "tokens_a_b_pk", .columns = {"a", "b"}}};
  Catalog said = after_of(before, after, R"(ALTER TABLE "token" RENAME TO "tokens")");
  ASSERT_EQ(said.tables.size(), 1U);
  EXPECT_EQ(said.tables[0].primary_keys, before.tables[0].primary_keys);
}

TEST(StepAsSaid, KeepsColumnsThatNoStatementDropped) {
  Catalog before{.tables = {table("users", {column("id"), column("state")})}};
  Catalog after{.tables = {table("users", {column("id")})}};
  EXPECT_EQ(after_of(before, after, R"(ALTER TYPE "user_state" ADD VALUE 'x')"), before);
  EXPECT_EQ(after_of(before, after, R"(ALTER TABLE "rooms" DROP COLUMN "state")"), before);
  EXPECT_EQ(after_of(before, after, R"(ALTER TABLE "users" DROP COLUMN "state")"), after);
}

TEST(StepAsSaid, KeepsKeysThatNoStatementDropped) {
  Catalog before{.tables = {table("users", {column("id")}), table("rooms", {column("owner")})}};
  before.tables[1].foreign_keys = {{.name = "owned",
                                    .columns = {"owner"},
                                    .target = {.schema = "public", .name = "users"},
                                    .target_columns = {"id"}}};
  Catalog after = before;
  after.tables[1].foreign_keys.clear();
  EXPECT_EQ(after_of(before, after, "ALTER TABLE rooms RENAME CONSTRAINT a TO b"), before);
  EXPECT_EQ(after_of(before, after, "ALTER TABLE rooms DROP CONSTRAINT owned"), after);
  after.tables.erase(after.tables.begin());
  EXPECT_EQ(after_of(before, after, "DROP TABLE users CASCADE"), after);
}

TEST(StepAsSaid, KeepsTablesOfSqliteThatNoStatementNames) {
  Catalog before{.engine = Engine::sqlite};
  before.tables = {{.path = {.name = "a"}, .columns = {column("id"), column("old")}}};
  Catalog after = before;
  after.tables[0].columns[1].name = "young";
  EXPECT_EQ(after_of(before, after, "CREATE TABLE `b` (`id` text)", Engine::sqlite), before);
}

TEST(StepAsSaid, ForgetsATypeThatNoStatementGave) {
  Catalog before{.tables = {table("users", {column("id"), column("mood")})}};
  Catalog after = before;
  after.tables[0].columns[1].type = {"moods", "public"};
  EXPECT_EQ(after_of(before, after, "UPDATE users SET id = 1"), before);
  EXPECT_EQ(after_of(before, after, "ALTER TYPE mooded RENAME TO moods"), after);
}

TEST(StepAsSaid, KnowsThatConstraintsOfSqliteHaveNoNames) {
  Catalog before{.engine = Engine::sqlite};
  before.tables = {{.path = {.name = "a"}, .columns = {column("id")}}};
  Catalog after = before;
  after.tables[0].foreign_keys = {{.name = "a_id_b_id_fk", .columns = {"id"}}};
  EXPECT_EQ(after_of(before, after, "CREATE TABLE `__new_a` (`id` text)", Engine::sqlite), after);
}

}  // namespace
}  // namespace tidemark
