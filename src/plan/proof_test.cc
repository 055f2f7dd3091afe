// Every pair here is proved, and run once more on a database with rows.
#include "plan/proof.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plan/planner.h"
#include "plan/test_catalogs.h"
#include "tests/cases/sqlite_rows.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;
using tests::SqliteRows;

Column id() { return {.name = "id", .type = {"integer"}, .primary_key = true, .not_null = true}; }
Column with_default(Column it, const char* value) { return it.default_value = Literal{value}, it; }
Column not_null(Column it) { return it.not_null = true, it; }
Column generated(Column it, const char* expression, bool stored) {
  using Storage = Generated::Storage;
  it.generated = Generated{expression, stored ? Storage::stored : Storage::virtual_};
  return it;
}
ForeignKey foreign_key(const char* from, const char* table, const char* on_delete = "cascade") {
  return {.name = Name(std::string(from) + "_fk"),
          .columns = {from},
          .target = {"", table},
          .target_columns = {"id"},
          .on_delete = on_delete};
}
Table table(const char* name, std::vector<Column> columns) {
  return {.path = {"", name}, .columns = std::move(columns)};
}
Catalog catalog(std::vector<Table> tables, std::vector<View> views = {}) {
  return {.engine = Engine::sqlite, .tables = std::move(tables), .views = std::move(views)};
}

Plan plan_of(const Catalog& before, const Catalog& after) {
  NoRenames none;
  return make_plan(diff(before, after, none), after);
}

/// Proves the plan, runs it on rows and gives the database.
tests::SqliteRows migrated(const Catalog& before, const Catalog& after,
                           std::vector<std::string> renames = {}) {
  NoRenames none;
  GivenRenames given(std::move(renames), none);
  DiffResult difference = diff(before, after, given);
  EXPECT_EQ(prove(before, after, make_plan(difference, after)), Proof::given);
  return tests::expect_rows_kept(before, after, difference);
}

TEST(SqliteProof, OfAColumnThatIsRenamedAndChanged) {
  SqliteRows database =
      migrated(catalog({table("t", {id(), column("a")})}),
               catalog({table("t", {id(), not_null(column("b", "integer"))})}), {"t.a->t.b"});
  EXPECT_EQ(database.value("SELECT group_concat(b) FROM t"), "101,102,103");
}

TEST(SqliteProof, OfARebuildWithNewAndGeneratedColumns) {
  Table before = table("t", {id(), column("a"), column("gone")});
  Table after = table("t", {id(), not_null(column("a")), generated(column("s"), "(a || 'x')", true),
                            generated(column("v"), "(\"t\".\"a\" || 'y')", false),
                            with_default(not_null(column("made", "integer")), "(unixepoch())")});
  after.indexes = {{.name = "i",
                    .columns = {{.text = "lower(t.a || ',')", .is_expression = true}},
                    .where = "t.a is not null"}};
  after.checks = {{.name = "c", .expression = "t.id > 0 AND \"t\".\"a\" <> 't.a'"}};
  SqliteRows database = migrated(catalog({before}), catalog({after}));
  EXPECT_EQ(database.value("SELECT s || v FROM t WHERE id = 102"), "102x102y");
}

TEST(SqliteProof, OfAGeneratedColumnThatBecomesPlainAndBack) {
  Table plain = table("t", {id(), column("a"), column("g")});
  Table virtual_one = table("t", {id(), column("a"), generated(column("g"), "(a || 'x')", false)});
  Table stored = table("t", {id(), column("a"), generated(column("g"), "(a || 'z')", true)});
  EXPECT_EQ(migrated(catalog({virtual_one}), catalog({plain})).value("SELECT g FROM t"), "101x");
  EXPECT_EQ(migrated(catalog({plain}), catalog({virtual_one})).value("SELECT g FROM t"), "101x");
  EXPECT_EQ(migrated(catalog({virtual_one}), catalog({stored})).value("SELECT g FROM t"), "101z");
}

TEST(SqliteProof, OfSeveralRebuildsOfTablesThatReferToEachOther) {
  auto make = [](bool strict) {
    Table parent = table("p", {id(), strict ? not_null(column("a")) : column("a")});
    Table child =
        table("c", {id(), strict ? not_null(column("p", "integer")) : column("p", "integer")});
    parent.foreign_keys = {foreign_key("id", "c", "no action")};
    child.foreign_keys = {foreign_key("p", "p")};
    return catalog({parent, child});
  };
  migrated(make(false), make(true));
  migrated(make(true), make(false));
}

TEST(SqliteProof, OfViewsOfARebuiltTable) {
  View v{.path = {"", "v"}, .definition = "SELECT a FROM t"};
  View w{.path = {"", "w"}, .definition = "SELECT a FROM \"v\""};
  View gone{.path = {"", "gone"}, .definition = "SELECT b FROM t"};
  View changed{.path = {"", "w"}, .definition = "SELECT a, id FROM t"};
  Table before = table("t", {id(), column("a"), column("b")});
  Table after = table("t", {id(), not_null(column("a"))});
  migrated(catalog({before}, {v, w, gone}), catalog({after}, {v, changed}));
  migrated(catalog({before}, {w, v}), catalog({after}, {w, v}));
}

TEST(SqliteProof, OfAnIndexNameThatChangesHands) {
  Table first = table("a", {id(), column("x")}), second = table("b", {id(), column("x")});
  first.indexes = {{.name = "i", .columns = {{.text = "x"}}}};
  Table bare = table("a", {id(), column("x")});
  second.indexes = first.indexes;
  migrated(catalog({second, bare}), catalog({table("b", {id(), column("x")}), first}));
}

TEST(SqliteProof, OfAParentThatIsDropped) {
  Table parent = table("p", {id()});
  Table child = table("c", {id(), column("p", "integer")});
  child.foreign_keys = {foreign_key("p", "p")};
  Table freed = table("c", {id(), column("p", "integer")});
  migrated(catalog({parent, child}), catalog({freed}));
  Table lone = table("c", {id()});
  migrated(catalog({parent, child}), catalog({lone}));
  migrated(catalog({parent, child}), catalog({}));
  Table other = table("o", {id()});
  Table both = table("c", {id(), column("p", "integer"), column("o", "integer")});
  both.foreign_keys = {foreign_key("p", "p"), foreign_key("o", "o", "set null")};
  migrated(catalog({parent, other, both}), catalog({}));
  both.foreign_keys = {foreign_key("p", "p", "no action")};
  migrated(catalog({parent, both}), catalog({}));
}

TEST(SqliteProof, OfKeysAndColumnsThatOthersUse) {
  Table before = table("t", {id(), column("a"), column("b")});
  before.indexes = {{.name = "i", .columns = {{.text = "a"}}, .unique = true}};
  Table keyed = table("t", {not_null(column("a")), not_null(column("b"))});
  keyed.primary_keys = {{.name = "pk", .columns = {"a", "b"}}};
  migrated(catalog({before}), catalog({keyed}));
  Table uses = table("t", {id(), column("a"), generated(column("b"), "(a)", false)});
  uses.indexes = {{.name = "j", .columns = {{.text = "b"}}}};
  Table other = uses;
  other.columns[2].generated->expression = "(a || 1)";
  migrated(catalog({before}), catalog({uses}));
  migrated(catalog({uses}), catalog({other}));
}

TEST(SqliteProof, OfColumnsAddedWithReferences) {
  Table parent = table("p", {id()});
  Table before = table("c", {id()});
  Table after =
      table("c", {id(), column("p", "integer"), with_default(column("q", "integer"), "101")});
  after.foreign_keys = {foreign_key("p", "p", "set null"), foreign_key("q", "p", "restrict")};
  migrated(catalog({parent, before}), catalog({parent, after}));
}

TEST(SqliteProof, OfUnusualNames) {
  Table before = table("we`ird \"t\"", {id(), column("a b"), column("se`lect")});
  Table after = table("we`ird \"t\"", {id(), not_null(column("a b")), column("se`lect")});
  after.indexes = {{.name = "in`dex", .columns = {{.text = "se`lect"}}}};
  migrated(catalog({before}), catalog({after}));
  migrated(catalog({after}), catalog({before}));
}

TEST(SqliteProof, NamesTheStatementThatSqliteRefuses) {
  Table after = table("t", {id()});
  after.checks = {{.name = "c", .expression = "missing > 1"}};
  after.origin.range = SourceRange{.file = "schema.ts", .line = 7, .column = 1};
  Catalog empty = catalog({}), now = catalog({after});
  try {
    prove(empty, now, plan_of(empty, now));
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("no such column: missing"));
    EXPECT_THAT(error.sql(), HasSubstr("CREATE TABLE `t`"));
    EXPECT_EQ(error.range()->line, 7u);
  }
}

TEST(SqliteProof, IsNotPossibleForWhatOnlyTheApplicationKnows) {
  Table after = table("t", {id()});
  after.indexes = {
      {.name = "i", .columns = {{.text = "libsql_vector_idx(id)", .is_expression = true}}}};
  EXPECT_EQ(prove(catalog({}), catalog({after}), plan_of(catalog({}), catalog({after}))),
            Proof::not_possible);
}

TEST(SqliteProof, FindsAPlanThatLeadsElsewhere) {
  Catalog before = catalog({table("t", {id()})}),
          after = catalog({table("t", {id(), column("a")})});
  Plan wrong{{{.sql = "ALTER TABLE t ADD a text DEFAULT 'x'"}}};
  try {
    prove(before, after, wrong);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::bug);
    EXPECT_THAT(error.message(), HasSubstr("table t is (a text default 'x'"));
  }
}

TEST(DefinitionParts, ConstraintsOfATableNeedNoCommaBetweenThem) {
  EXPECT_EQ(
      definition_parts("CREATE TABLE t (a, b, CONSTRAINT k FOREIGN KEY (a) REFERENCES p (id) "
                       "ON DELETE CASCADE\n FOREIGN KEY (b) REFERENCES p (id) CHECK (a > 0))"),
      definition_parts("CREATE TABLE t (a, b, CONSTRAINT k FOREIGN KEY (a) REFERENCES p (id) "
                       "ON DELETE CASCADE, FOREIGN KEY (b) REFERENCES p (id), CHECK (a > 0))"));
}

TEST(DefinitionParts, AColumnMayBeCalledLikeTheBeginningOfAConstraint) {
  EXPECT_EQ(definition_parts("CREATE TABLE t (a, \"check\" text, UNIQUE (a, \"check\"))").size(),
            3U);
}

}  // namespace
}  // namespace tidemark
