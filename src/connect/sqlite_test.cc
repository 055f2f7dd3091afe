#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connect/connect.h"
#include "connect/row_writer.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::unique_ptr<Connection> memory() { return connect(parse_database_url(":memory:")); }

/// What the database says to one statement that must fail.
DatabaseError error_of(Connection& connection, const std::string& sql) {
  try {
    connection.execute(sql);
  } catch (const DatabaseError& error) {
    return error;
  }
  ADD_FAILURE() << "did not fail: " << sql;
  return DatabaseError("nothing");
}

TEST(Sqlite, ReturnsRowsAsText) {
  std::array<Value, 2> parameters{"7", std::nullopt};

  Rows rows = memory()->query("select ?1 + 1 as n, ?2 as t", parameters);

  EXPECT_THAT(rows.columns, ElementsAre("n", "t"));
  ASSERT_EQ(rows.rows.size(), 1u);
  EXPECT_THAT(rows.rows[0], ElementsAre(Value("8"), Value()));
}

TEST(Sqlite, AnErrorNamesTheStatementTheCodeAndThePlace) {
  auto connection = memory();
  std::vector<Command> commands{{"create table t (a)"}, {"insert into t (nowhere) values (1)"}};

  try {
    connection->run(commands);
    FAIL() << "ran";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.index, 1u);
    EXPECT_EQ(error.code, "SQLITE_ERROR");
    EXPECT_THAT(error.message, HasSubstr("nowhere"));
  }
  EXPECT_EQ(error_of(*connection, "select 1 frm t").position, std::string("select 1 ").size() + 5);
}

TEST(Sqlite, ARowThatIsRefusedIsNotInTheWayOfOthers) {
  auto connection = memory();
  connection->execute("create table t (a integer unique, b text)");
  auto stream = dynamic_cast<RowWriter&>(*connection).write_rows("insert into t values ($1, $2)");
  std::vector<std::vector<Value>> row{{"1", {}}}, other{{"2", "x"}};

  stream->write(row);
  EXPECT_THROW(stream->write(row), DatabaseError);
  stream->write(other);
  stream->finish();

  EXPECT_THAT(connection->query("select b from t order by a").rows,
              ElementsAre(ElementsAre(Value()), ElementsAre(Value("x"))));
}

TEST(Sqlite, ForeignKeysAreEnforced) {
  auto connection = memory();
  connection->execute("create table p (id integer primary key)");
  connection->execute("create table c (p integer references p (id))");

  EXPECT_EQ(error_of(*connection, "insert into c values (1)").code, "SQLITE_CONSTRAINT_FOREIGNKEY");
}

TEST(Sqlite, AMisspeltColumnInDoubleQuotesIsNoString) {
  auto connection = memory();
  connection->execute("create table t (a text)");

  EXPECT_THAT(error_of(*connection, "insert into t select \"b\" from t").message, HasSubstr("b"));
}

TEST(Sqlite, AMissingFolderIsNamed) {
  try {
    connect(parse_database_url("file:/nonexistent/app.db"));
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("the folder /nonexistent does not exist"));
  }
}

TEST(Sqlite, AFileThatMustExistIsNotCreated) {
  std::string path = ::testing::TempDir() + "never_created.db";

  EXPECT_THROW(connect(parse_database_url(path), {.create = false}), Error);
  EXPECT_THROW(connect(parse_database_url(path), {.create = false}), Error);
}

}  // namespace
}  // namespace tidemark
