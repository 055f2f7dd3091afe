#include "dialect/sql_writer.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

const SqlWriter postgres_sql{'"', "public"};
const SqlWriter sqlite_sql{'`'};

TEST(SqlWriter, QuotesNamesAndDoublesTheQuoteInside) {
  EXPECT_EQ(postgres_sql("DROP INDEX ", Name("a\"b"), ";"), "DROP INDEX \"a\"\"b\";");
  EXPECT_EQ(sqlite_sql(Name("a`b")), "`a``b`");
}

TEST(SqlWriter, LeavesTheDefaultSchemaOut) {
  EXPECT_EQ(postgres_sql(Path{"public", "users"}), "\"users\"");
  EXPECT_EQ(postgres_sql(Path{"app", "users"}), "\"app\".\"users\"");
  EXPECT_EQ(sqlite_sql(Path{"", "users"}), "`users`");
}

TEST(SqlWriter, WritesTheDefaultSchemaWhereAskedTo) {
  Path path{"public", "users"};
  EXPECT_EQ(postgres_sql(FullPath{path}), "\"public\".\"users\"");
}

TEST(SqlWriter, JoinsNames) {
  std::vector<Name> names = {"a", "b"};
  EXPECT_EQ(postgres_sql("(", NameList{names}, ")"), "(\"a\",\"b\")");
  EXPECT_EQ(sqlite_sql(NameList{names, ", "}), "`a`, `b`");
}

TEST(SqlWriter, EscapesAQuoteInAStringConstant) { EXPECT_EQ(string_literal("it's"), "'it''s'"); }

TEST(DollarQuoted, TakesAMarkThatTheTextDoesNotHave) {
  EXPECT_EQ(dollar_quoted("it's"), "$$it's$$");
  EXPECT_EQ(dollar_quoted("a $$ b"), "$q$a $$ b$q$");
  EXPECT_EQ(dollar_quoted("a$"), "$q$a$$q$");
  EXPECT_EQ(dollar_quoted("$$ $q$"), "$qq$$$ $q$$qq$");
}

}  // namespace
}  // namespace tidemark
