#include "engine/step_as_recorded.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

Table table_of(const char* name, std::vector<Column> columns) {
  return {.path = {.schema = "public", .name = name}, .columns = std::move(columns)};
}
Column text_column(const char* name) { return {.name = name, .type = {"text"}}; }
Enum enumeration(const char* name, std::vector<std::string> values) {
  return {.path = {.schema = "public", .name = name}, .values = std::move(values)};
}

ObjectChange came() { return {{}, "it"}; }
ObjectChange went() { return {"it", {}}; }

TEST(StepAsRecorded, ForgetsWhatCameInTheSnapshotsAlone) {
  Catalog before{.tables = {table_of("users", {text_column("id")})}};
  Catalog after{.enums = {enumeration("mood", {"ok"})},
                .tables = {table_of("users", {text_column("id"), text_column("age")}),
                           table_of("moods", {})}};
  after.tables[0].indexes = {{.name = "by_age", .columns = {{.text = "age"}}}};
  after.tables[0].uniques = {{.name = "one_age", .columns = {"age"}}};
  MigrationStep step = as_recorded({before, after, {}}, {{"column public.users.age", came()}});
  EXPECT_EQ(step.after,
            Catalog{.tables = {table_of("users", {text_column("id"), text_column("age")})}});
}

TEST(StepAsRecorded, KeepsWhatWentInTheSnapshotsAlone) {
  Catalog before{
      .tables = {table_of("users", {text_column("id"), text_column("age")}), table_of("old", {})}};
  before.tables[0].indexes = {{.name = "by_age", .columns = {{.text = "age"}}}};
  before.tables[0].checks = {{.name = "grown", .expression = "age > 17"}};
  Catalog after{.tables = {table_of("users", {text_column("id")})}};
  EXPECT_EQ(as_recorded({before, after, {}}, {}).after, before);
  ImageChanges all = {{"column public.users.age", went()},
                      {"constraint public.users.grown", went()},
                      {"index public.by_age", went()},
                      {"table public.old", went()}};
  EXPECT_EQ(as_recorded({before, after, {}}, all).after, after);
}

TEST(StepAsRecorded, KnowsTheNamesThatTheServerCutOff) {
  std::string name(70, 'n');
  name.replace(62, 1, "ü");  // its bytes 63 and 64: the server cuts between characters
  Catalog before{.tables = {table_of("users", {text_column("id")})}};
  Catalog after = before;
  after.tables[0].uniques = {{.name = Name(name), .columns = {"id"}}};
  ImageChanges recorded = {{"constraint public.users." + name.substr(0, 62), came()}};
  EXPECT_EQ(as_recorded({before, after, {}}, recorded).after, after);
}

TEST(StepAsRecorded, BelievesWhatWasRenamed) {
  Catalog before{.tables = {table_of("users", {text_column("id"), text_column("age")})}};
  Catalog after{.tables = {table_of("people", {text_column("key")})}};
  Renames renames = {{RenameKind::table, {}, before.tables[0].path, after.tables[0].path},
                     {RenameKind::column, after.tables[0].path, {.name = "id"}, {.name = "key"}}};
  ImageChanges recorded = {{"table public.users", went()},
                           {"table public.people", came()},
                           {"column public.users.id", went()},
                           {"column public.users.age", went()},
                           {"column public.people.key", came()}};
  EXPECT_EQ(as_recorded({before, after, renames}, recorded).after, after);
}

TEST(StepAsRecorded, TakesTheOrderOfValuesThatTheDatabaseHad) {
  Catalog before{.enums = {enumeration("mood", {"a", "it's", "c"})}};
  Catalog after{.enums = {enumeration("mood", {"a", "it's", "b", "c"})}};
  ImageChanges recorded = {
      {"type public.mood", {"owner me e 'a','c','it''s'", "owner me e 'a','b','c','it''s'"}}};
  MigrationStep step = as_recorded({before, after, {}}, recorded);
  EXPECT_EQ(step.before.enums[0].values, (std::vector<std::string>{"a", "c", "it's"}));
  EXPECT_EQ(step.after.enums[0].values, (std::vector<std::string>{"a", "b", "c", "it's"}));
}

TEST(StepAsRecorded, LeavesToTheRecordAnIndexThatWasAnotherOne) {
  Catalog before{.tables = {table_of("users", {text_column("id")})}};
  before.tables[0].indexes = {{.name = "one", .columns = {{.text = "id"}}, .where = "gone_at > 1"}};
  ImageChanges recorded = {{"index public.one", {R"(… WHERE ("goneAt" > 1))", {}}}};
  EXPECT_TRUE(as_recorded({before, {}, {}}, recorded).before.tables[0].indexes.empty());
  recorded["index public.one"].before = "… WHERE (gone_at > 1)";
  EXPECT_EQ(as_recorded({before, {}, {}}, recorded).before, before);
}

TEST(StepAsRecorded, LeavesColumnsOfSqliteThatDidNotChange) {
  Catalog before{.engine = Engine::sqlite};
  before.tables = {{.path = {.name = "a"}, .columns = {text_column("id"), text_column("odd one")}}};
  Catalog after = before;
  after.tables[0].columns[0].not_null = true;
  after.tables[0].columns[1].not_null = true;
  after.tables[0].columns.push_back(text_column("size"));
  MigrationStep step = as_recorded({before, after, {}}, {{"table a: size text", came()}});
  EXPECT_FALSE(step.after.tables[0].columns[0].not_null);
  EXPECT_TRUE(step.after.tables[0].columns[1].not_null) << "how the record writes it is not known";
  EXPECT_EQ(step.after.tables[0].columns.size(), 3U);
}

}  // namespace
}  // namespace tidemark
