#include "engine/inverse_statement.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

std::string inverse(const std::string& sql, Engine engine = Engine::postgresql, bool sure = false) {
  return inverse_of({.offset = 0, .sql = sql}, engine, sure).value_or("none");
}

TEST(InverseStatement, TakesBackWhatItsWordsCreate) {
  EXPECT_EQ(inverse("CREATE TABLE a.b (c int)"), R"(DROP TABLE "a"."b")");
  EXPECT_EQ(inverse("create unique index concurrently if not exists i on only s.t (a)"),
            R"(DROP INDEX "s"."i")");
  EXPECT_EQ(inverse("CREATE MATERIALIZED VIEW v AS SELECT 1"), R"(DROP MATERIALIZED VIEW "v")");
  EXPECT_EQ(inverse("CREATE TRIGGER \"T\" BEFORE UPDATE ON t EXECUTE FUNCTION f()"),
            R"(DROP TRIGGER "T" ON "t")");
  EXPECT_EQ(inverse("CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END", Engine::sqlite),
            "DROP TRIGGER `x`");
  EXPECT_EQ(inverse("CREATE POLICY p ON s.t USING (true)"), R"(DROP POLICY "p" ON "s"."t")");
  EXPECT_EQ(inverse("CREATE FUNCTION f(a int) RETURNS int"), R"(DROP FUNCTION "f")");
}

TEST(InverseStatement, TakesBackWhatItsWordsAlter) {
  EXPECT_EQ(inverse("ALTER TABLE t ADD COLUMN c int CHECK (c IN (1, 2))"),
            R"(ALTER TABLE "t" DROP COLUMN "c")");
  EXPECT_EQ(inverse("ALTER TABLE t ADD CONSTRAINT k UNIQUE (a, b)"),
            R"(ALTER TABLE "t" DROP CONSTRAINT "k")");
  EXPECT_EQ(inverse("ALTER TABLE s.t RENAME TO u"), R"(ALTER TABLE "s"."u" RENAME TO "t")");
  EXPECT_EQ(inverse("ALTER TYPE s.t RENAME TO u"), R"(ALTER TYPE "s"."u" RENAME TO "t")");
  EXPECT_EQ(inverse("ALTER TABLE t RENAME a TO b"), R"(ALTER TABLE "t" RENAME COLUMN "b" TO "a")");
  EXPECT_EQ(inverse("ALTER TABLE t ALTER COLUMN a SET NOT NULL"),
            R"(ALTER TABLE "t" ALTER COLUMN "a" DROP NOT NULL)");
  EXPECT_EQ(inverse("ALTER TABLE t ENABLE ROW LEVEL SECURITY"),
            R"(ALTER TABLE "t" DISABLE ROW LEVEL SECURITY)");
  EXPECT_EQ(inverse("ALTER TABLE t ADD a numeric(1, 2), ADD COLUMN IF NOT EXISTS b int"),
            R"(ALTER TABLE "t" DROP COLUMN "b", DROP COLUMN "a")");
}

TEST(InverseStatement, DoesNotGuess) {
  for (const char* sql :
       {"ALTER TYPE t RENAME VALUE 'a' TO 'b'", "DROP TABLE t", "INSERT INTO t VALUES (1)",
        "ALTER TABLE t ADD a int, ADD UNIQUE (a)", "ALTER TABLE t ADD UNIQUE (a)",
        "ALTER TABLE t ALTER a SET DEFAULT 1", "CREATE INDEX ON t (a)", "DO $$ BEGIN END $$"})
    EXPECT_EQ(inverse(sql), "none") << sql;
  for (const char* sql :
       {"CREATE TABLE IF NOT EXISTS t (a int)", "CREATE OR REPLACE VIEW v AS …"}) {
    EXPECT_EQ(inverse(sql, Engine::postgresql, true), "none") << sql;
    EXPECT_NE(inverse(sql), "none") << sql;
  }
}

}  // namespace
}  // namespace tidemark
