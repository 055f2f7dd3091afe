#include "plan/planner.h"

#include <gtest/gtest.h>

#include "plan/test_catalogs.h"

namespace tidemark {
namespace {

Plan plan(const Catalog& before, const Catalog& after) {
  NoRenames none;
  return make_plan(diff(before, after, none), after);
}

TEST(MigrationSql, PutsMarkersBetweenStatementsAndNoneAtTheEnd) {
  Catalog after = users({column("a", "text"), column("b", "text")});
  Plan two = plan(users({}), after);
  EXPECT_EQ(migration_sql(two, true),
            "ALTER TABLE \"users\" ADD COLUMN \"a\" text;--> statement-breakpoint\n"
            "ALTER TABLE \"users\" ADD COLUMN \"b\" text;");
  EXPECT_EQ(migration_sql(two, false),
            "ALTER TABLE \"users\" ADD COLUMN \"a\" text;\n"
            "ALTER TABLE \"users\" ADD COLUMN \"b\" text;");
}

TEST(MigrationSql, ACreatedTableEndsItsLine) {
  EXPECT_EQ(migration_sql(plan({}, users({column("a", "text")})), true),
            "CREATE TABLE \"users\" (\n\t\"a\" text\n);\n");
}

TEST(WayBackSql, NamesWhatItCannotBringBack) {
  Catalog before = users({column("a", "text")}), after = users({});
  std::string text = way_back_sql(plan(before, after), plan_back(before, after, {}), true);
  EXPECT_EQ(text,
            "-- lost, unless `tidemark migrate` keeps it: the values of users.a are deleted\n"
            "ALTER TABLE \"users\" ADD COLUMN \"a\" text;");
}

TEST(PlanBack, UndoesRenames) {
  Catalog before = users({column("a", "text")}), after = users({column("b", "text")});
  Renames renames = {{RenameKind::column, {"public", "users"}, {{}, "a"}, {{}, "b"}}};
  EXPECT_EQ(migration_sql(plan_back(before, after, renames), true),
            "ALTER TABLE \"users\" RENAME COLUMN \"b\" TO \"a\";");
}

TEST(PlanBack, GivesAColumnItsNameBackThatAnotherHas) {
  Catalog before = users({column("name", "text")});
  Catalog after = users({column("full_name", "text"), column("name", "integer")});
  Renames renames = {{RenameKind::column, {"public", "users"}, {{}, "name"}, {{}, "full_name"}}};
  EXPECT_EQ(migration_sql(plan_back(before, after, renames), false),
            "ALTER TABLE \"users\" RENAME COLUMN \"name\" TO \"__tidemark_gone_1\";\n"
            "ALTER TABLE \"users\" RENAME COLUMN \"full_name\" TO \"name\";\n"
            "ALTER TABLE \"users\" DROP COLUMN \"__tidemark_gone_1\";");
}

TEST(PlanBack, MakesAnEnumAnewThatGetsAValueBack) {
  Catalog before{.enums = {{.path = {"public", "mood"}, .values = {"sad", "calm", "happy"}}}};
  Catalog after{.enums = {{.path = {"public", "mood"}, .values = {"sad", "happy"}}}};
  EXPECT_EQ(migration_sql(plan_back(before, after, {}), false),
            "DROP TYPE \"public\".\"mood\";\n"
            "CREATE TYPE \"public\".\"mood\" AS ENUM('sad', 'calm', 'happy');");
}

TEST(Plan, EachStatementSaysWhyAndWhere) {
  Column added = column("a", "text");
  added.origin.range = SourceRange{.file = "schema.ts", .line = 4};
  Statement statement = plan(users({}), users({added})).statements.at(0);
  EXPECT_EQ(statement.why, "add column users.a");
  EXPECT_EQ(statement.origin.range->line, 4u);
  EXPECT_EQ(statement.lock, "ACCESS EXCLUSIVE on users");
}

TEST(Plan, NothingThatIsNewCanFailOnRows) {
  Catalog after = users({column("a", "text")});
  after.tables[0].uniques = {{.name = "u", .columns = {"a"}}};
  EXPECT_TRUE(plan({}, after).statements.at(0).findings.empty());
}

}  // namespace
}  // namespace tidemark
