#include "diff/diff.h"

#include <gtest/gtest.h>
#include <algorithm>

namespace tidemark {
namespace {

Column text(const char* name) { return {.name = name, .type = {"text"}}; }

Catalog users(std::vector<Column> columns) {
  return {.tables = {{.path = {"public", "users"}, .columns = std::move(columns)}}};
}

Changes changes(const Catalog& before, const Catalog& after,
                std::vector<std::string> answers = {}) {
  NoRenames none;
  GivenRenames given(std::move(answers), none);
  return diff(before, after, given).changes;
}

template <class Kind>
const Kind& only(const Changes& changes) {
  EXPECT_EQ(changes.size(), 1u);
  return std::get<Kind>(changes.at(0));
}

TEST(Diff, AnUnchangedCatalogNeedsNothing) {
  Catalog catalog = users({text("name"), text("email")});
  EXPECT_TRUE(changes(catalog, catalog).empty());
}

TEST(Diff, MovingALineInTheSchemaFileIsNotAChange) {
  Catalog before = users({text("name")}), after = before;
  after.tables[0].columns[0].origin = {SourceRange{.file = "schema.ts", .line = 40}};
  EXPECT_TRUE(changes(before, after).empty());
}

TEST(Diff, TheSpaceBeforeAPrecisionIsNotAChangeButWhatElseChangedIs) {
  Catalog before = users({{.name = "at", .type = {"timestamp (3)"}}});
  Catalog after = users({{.name = "at", .type = {"timestamp(3)"}}});
  EXPECT_TRUE(changes(before, after).empty());
  after.tables[0].columns[0].not_null = true;
  EXPECT_TRUE(only<Modify<Column>>(changes(before, after)).after.not_null);
}

TEST(Diff, ASchemaThatAnOldSnapshotLeftOutIsNotAChange) {
  EXPECT_TRUE(changes(users({{.name = "mood", .type = {"mood"}}}),
                      users({{.name = "mood", .type = {"mood", "public"}}}))
                  .empty());
  EXPECT_FALSE(changes(users({{.name = "mood", .type = {"mood", "a"}}}),
                       users({{.name = "mood", .type = {"mood", "b"}}}))
                   .empty());
}

TEST(Diff, ARenameAndAChangeInOneStepAreTwoChanges) {
  Catalog before = users({text("name")});
  Catalog after = users({{.name = "full_name", .type = {"varchar(20)"}}});

  Changes found = changes(before, after, {"column:users.name=full_name"});

  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(std::get<RenamePart<Column>>(found[0]).after, Name("full_name"));
  EXPECT_EQ(std::get<Modify<Column>>(found[1]).after.type.text, "varchar(20)");
}

TEST(Diff, ColumnsOfARenamedTableAreComparedToo) {
  Catalog before = users({text("name")}), after = users({text("name"), text("email")});
  after.tables[0].path.name = "people";

  Changes found = changes(before, after, {"table:users=people"});

  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(std::get<Rename<Table>>(found[0]).after.name, Name("people"));
  EXPECT_EQ(std::get<Add<Column>>(found[1]).part.name, Name("email"));
}

TEST(Diff, ATableThatMovesAndIsRenamedMovesFirst) {
  Catalog before = users({}), after = users({});
  after.tables[0].path = {"auth", "people"};

  Changes found = changes(before, after, {"table:users=auth.people"});

  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(std::get<Move<Table>>(found[0]).after, (Path{"auth", "users"}));
  EXPECT_EQ(std::get<Rename<Table>>(found[1]).before, (Path{"auth", "users"}));
}

TEST(Diff, ARenamedEnumIsNoChangeToTheColumnsThatUseIt) {
  Catalog before = users({{.name = "mood", .type = {"mood", "public"}}});
  before.enums = {{.path = {"public", "mood"}, .values = {"a"}}};
  Catalog after = users({{.name = "mood", .type = {"feeling", "public"}}});
  after.enums = {{.path = {"public", "feeling"}, .values = {"a"}}};

  Changes found = changes(before, after, {"enum:mood=feeling"});

  EXPECT_EQ(only<Rename<Enum>>(found).after.name, Name("feeling"));
}

TEST(Diff, ARenamedSchemaIsNoChangeToTheTablesInIt) {
  Catalog before = {.schemas = {{"a"}}, .tables = {{.path = {"a", "t"}}}};
  Catalog after = {.schemas = {{"b"}}, .tables = {{.path = {"b", "t"}}}};
  EXPECT_EQ(only<Rename<Schema>>(changes(before, after, {"schema:a=b"})).after.name, Name("b"));
}

TEST(Diff, AnEnumThatAnOldSnapshotTakesForATextIsAnEnum) {
  Catalog before = users({{.name = "mood", .type = {"mood[]"}}});
  before.enums = {{.path = {"public", "mood"}, .values = {"a"}}};
  NoRenames none;
  DiffResult result = diff(before, before, none);
  EXPECT_EQ(result.renamed.tables[0].columns[0].type, (SqlType{"mood[]", "public"}));
}

TEST(Diff, ForeignKeysOfATableThatOnlyMovedStay) {
  Table posts = {.path = {"public", "posts"}};
  posts.foreign_keys = {{.name = "fk", .target = {"public", "posts"}}};
  Catalog before = {.tables = {posts}};
  posts.path.schema = posts.foreign_keys[0].target.schema = "blog";
  Catalog after = {.tables = {posts}};
  only<Move<Table>>(changes(before, after, {"table:posts=blog.posts"}));
}

TEST(Diff, TheFirstPolicySwitchesRowSecurityOn) {
  Catalog before = users({}), after = users({});
  after.tables[0].policies = {{.name = "p"}};
  Changes found = changes(before, after);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(std::get<SetRowLevelSecurity>(found[1]).enabled);
}

TEST(Diff, AViewThatSomebodyElseOwnsIsLeftAlone) {
  View mine = {.path = {"public", "v"}, .definition = "select 1"};
  View theirs = {.path = {"public", "v"}, .existing = true};
  EXPECT_TRUE(changes({}, {.views = {theirs}}).empty());
  EXPECT_TRUE(changes({.views = {mine}}, {.views = {theirs}}).empty());
  only<Alter<View>>(changes({.views = {theirs}}, {.views = {mine}}));
}

// PostgreSQL's dialect makes anew what speaks of the name; SQLite's does so with views alone.
TEST(Diff, ANameIsPassedOnWhereNoSqlStaysThatSpeaksOfIt) {
  const std::vector<std::string> swapped = {"column:users.one=two", "column:users.two=one"};
  Catalog before = users({text("one"), text("two")});
  before.views = {{.path = {"public", "v"}, .definition = "select one from users"}};
  before.tables[0].checks = {{.name = "short", .expression = "length(one) < 9"}};
  Catalog after = before;
  EXPECT_NO_THROW(changes(before, after, swapped));
  before.engine = after.engine = Engine::sqlite;
  EXPECT_THROW(changes(before, after, swapped), Error);
  after.tables[0].checks[0].expression = "length(two) < 9";
  EXPECT_NO_THROW(changes(before, after, swapped));
}

// Its old name is what the new column is called: what is over it is over the new column then.
TEST(Diff, ANewColumnTakesOverWhatIsOverItsName) {
  Catalog before = users({text("one")});
  before.tables[0].uniques = {{.name = "u", .columns = {"one"}}};
  Catalog after = users({text("two"), text("one")});
  after.tables[0].uniques = before.tables[0].uniques;
  Changes found = changes(before, after, {"column:users.one=two"});
  EXPECT_TRUE(std::ranges::any_of(
      found, [](const Change& it) { return std::holds_alternative<Modify<Unique>>(it); }));
}

}  // namespace
}  // namespace tidemark
