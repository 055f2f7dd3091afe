#include "connect/sqlite_session.h"

#include <gmock/gmock.h>

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Row = std::vector<SqliteValue>;

std::string refused(const std::function<void()>& action) {
  try {
    action();
  } catch (const DatabaseError& error) {
    return error.code;
  }
  return "";
}

TEST(SqliteSession, ValuesKeepTheirStorageClass) {
  SqliteSession session(":memory:", {});
  session.execute("CREATE TABLE t (a, b, c, d, e)");
  auto insert = session.prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)");
  Row row = {std::int64_t{1} << 60, 0.5, "x", Blob{std::string("\0\xff", 2)}, {}};
  EXPECT_EQ(session.run(*insert, row).rows, 1);
  auto select = session.prepare("SELECT * FROM t");
  EXPECT_THAT(session.query(*select, {}), ElementsAre(row));
}

TEST(SqliteSession, AStatementTellsWhatItIs) {
  SqliteSession session(":memory:", {});
  session.execute("CREATE TABLE t (a INTEGER, b TEXT)");
  auto select = session.prepare("SELECT a AS x, 1 + 1 FROM t WHERE b = :b");
  EXPECT_TRUE(select->gives_rows());
  EXPECT_TRUE(select->only_reads());
  EXPECT_THAT(select->parameters(), ElementsAre(":b"));
  std::vector<SqliteColumn> columns = select->columns();
  EXPECT_EQ(columns[0].name, "x");
  EXPECT_EQ(columns[0].column, "a");
  EXPECT_EQ(columns[0].table, "t");
  EXPECT_EQ(columns[0].type, "INTEGER");
  EXPECT_EQ(columns[1].table, "");
}

TEST(SqliteSession, OneStatementIsAskedFor) {
  SqliteSession session(":memory:", {});
  EXPECT_EQ(refused([&] { session.prepare("SELECT 1; SELECT 2"); }), "SEVERAL");
  EXPECT_EQ(refused([&] { session.prepare(" -- nothing"); }), "NONE");
  EXPECT_EQ(refused([&] { session.prepare("SELECT 1; -- more"); }), "");
}

TEST(SqliteSession, WhatIsRefusedHasItsCodeAndHoldsNoLock) {
  SqliteSession session(":memory:", {});
  session.execute("CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p)");
  auto insert = session.prepare("INSERT INTO c VALUES (?)");
  EXPECT_EQ(refused([&] { session.run(*insert, {std::int64_t{7}}); }),
            "SQLITE_CONSTRAINT_FOREIGNKEY");
  session.execute("INSERT INTO p VALUES (7)");
  EXPECT_EQ(session.run(*insert, {std::int64_t{7}}).rows, 1);
  auto nothing = session.prepare("UPDATE c SET p = 7 WHERE p = 8");
  EXPECT_EQ(session.run(*nothing, {}).rows, 0);
  auto rows = session.prepare("SELECT p FROM c WHERE p = 8");
  EXPECT_THAT(session.query(*rows, {}), IsEmpty());
}

}  // namespace
}  // namespace tidemark
