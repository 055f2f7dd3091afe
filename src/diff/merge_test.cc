#include "diff/merge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Column column(const char* name, const char* type = "text") {
  return {.name = name, .type = {type}};
}

Table users_table(std::vector<Column> columns) {
  return {.path = {"public", "users"}, .columns = std::move(columns)};
}
Catalog with(std::vector<Table> tables) { return {.tables = std::move(tables)}; }

std::vector<std::string> names(const Table& table) {
  std::vector<std::string> out;
  for (const Column& it : table.columns) out.push_back(it.name.text());
  return out;
}

TEST(Merge, TakesTheChangesOfBothBranches) {
  MergeResult merged =
      merge(with({users_table({column("id"), column("old")})}),
            with({users_table({column("id"), column("mine"), column("old", "int")})}),
            with({users_table({column("id"), column("old"), column("their")})}));
  EXPECT_THAT(merged.conflicts, IsEmpty());
  EXPECT_THAT(names(merged.catalog.tables.at(0)), ElementsAre("id", "mine", "old", "their"));
  EXPECT_EQ(merged.catalog.tables[0].columns[2].type.text, "int");
}

TEST(Merge, TakesOnceWhatBothDidAlike) {
  Catalog changed = with({users_table({column("id"), column("new")})});
  MergeResult merged = merge(with({users_table({column("id")})}), changed, changed);
  EXPECT_THAT(merged.conflicts, IsEmpty());
  EXPECT_EQ(merged.catalog, changed);
}

TEST(Merge, NamesWhatBothChangedOtherwise) {
  MergeResult merged =
      merge(with({users_table({column("age")})}), with({users_table({column("age", "int")})}),
            with({users_table({column("age", "bigint")})}));
  EXPECT_THAT(merged.conflicts,
              ElementsAre(MergeConflict{"column users.age", "changes it", "changes it otherwise"}));
}

TEST(Merge, NamesWhatOneDroppedAndTheOtherChanged) {
  Catalog base = with({users_table({column("id")})});
  Catalog changed = with({users_table({column("id"), column("new")})});
  EXPECT_THAT(merge(base, changed, with({})).conflicts,
              ElementsAre(MergeConflict{"table users", "changes it", "drops or renames it"}));
  EXPECT_THAT(merge(base, with({}), changed).conflicts,
              ElementsAre(MergeConflict{"table users", "drops or renames it", "changes it"}));
}

TEST(Merge, TwoNewTablesOfOneNameAreNotMixed) {
  MergeResult merged =
      merge(with({}), with({users_table({column("a")})}), with({users_table({column("b")})}));
  EXPECT_THAT(merged.conflicts,
              ElementsAre(MergeConflict{"table users", "creates it", "creates another one"}));
}

TEST(Merge, NamesAForeignKeyWhoseTableWentOnTheOtherBranch) {
  Table posts{.path = {"public", "posts"},
              .columns = {column("user")},
              .foreign_keys = {{.name = "fk",
                                .columns = {"user"},
                                .target = {"public", "users"},
                                .target_columns = {"id"}}}};
  MergeResult merged = merge(with({users_table({column("id")})}),
                             with({users_table({column("id")}), posts}), with({}));
  EXPECT_THAT(merged.conflicts,
              ElementsAre(MergeConflict{"foreign key posts.fk", "needs column users.id",
                                        "drops or renames that"}));
}

TEST(Merge, AddsTheEnumValuesOfBoth) {
  auto colours = [](std::vector<std::string> values) {
    return Catalog{.enums = {{{"public", "colour"}, std::move(values)}}};
  };
  MergeResult merged = merge(colours({"red"}), colours({"red", "blue"}), colours({"red", "green"}));
  EXPECT_THAT(merged.conflicts, IsEmpty());
  EXPECT_THAT(merged.catalog.enums.at(0).values, ElementsAre("red", "green", "blue"));
  EXPECT_EQ(merge(colours({"red"}), colours({}), colours({"red", "green"})).conflicts.size(), 1u);
}

}  // namespace
}  // namespace tidemark
