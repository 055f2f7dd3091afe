#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connect/libpq.h"
#include "connect/row_writer.h"
#include "tests/servers/postgres.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using tests::FreshPostgres;

TEST(Libpq, ReturnsRowsAsText) {
  FreshPostgres database;
  std::array<Value, 2> parameters{"7", std::nullopt};

  Rows rows =
      database.open()->query("select $1::int + 1 as n, $2::text as t, true as b", parameters);

  EXPECT_THAT(rows.columns, ElementsAre("n", "t", "b"));
  ASSERT_EQ(rows.rows.size(), 1u);
  EXPECT_THAT(rows.rows[0], ElementsAre(Value("8"), Value(), Value("t")));
}

TEST(Libpq, RunsManyStatementsAndReportsEach) {
  FreshPostgres database;
  auto connection = database.open();
  std::vector<Command> commands{{"create table t (a int)"}};
  for (int i = 0; i < 5000; ++i)
    commands.push_back({"insert into t values ($1)", {std::to_string(i)}});
  std::vector<std::size_t> done;

  connection->run(commands, [&](std::size_t index) { done.push_back(index); });

  EXPECT_EQ(done.size(), commands.size());
  EXPECT_TRUE(std::ranges::is_sorted(done));
  EXPECT_EQ(connection->query("select count(*) from t").rows[0][0], "5000");
}

TEST(Libpq, RowsKnowTheirTypesAndWhatWasDone) {
  FreshPostgres database;
  auto session = open_libpq(parse_database_url(database.url()));

  std::vector<Rows> rows =
      session->query_text("create table t (a int); insert into t values (1), (2); table t");

  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[1].tag, "INSERT 0 2");
  EXPECT_THAT(rows[2].types, ElementsAre(23u));
  EXPECT_EQ(rows[2].rows.size(), 2u);
}

TEST(Libpq, TellsTheTypesOfParameters) {
  FreshPostgres database;
  auto session = open_libpq(parse_database_url(database.url()));
  EXPECT_THAT(session->parameter_types("select $1::jsonb, $2 + 1::int8, $3", {0, 0, 16}),
              ElementsAre(3802u, 20u, 16u));
  EXPECT_THROW(session->parameter_types("select $1 from nowhere", {0}), DatabaseError);
  EXPECT_EQ(session->query("select 1").rows.size(), 1u) << "the session goes on";
}

std::unique_ptr<RowStream> copy_into_t(Connection& connection) {
  return dynamic_cast<RowWriter&>(connection).write_rows("copy t (a, b) from stdin");
}

TEST(Libpq, RowsAreCopiedAsTheyAre) {
  FreshPostgres database;
  auto connection = database.open();
  connection->execute("create table t (a int, b text)");
  std::vector<std::vector<Value>> rows{
      {"1", "tab\t, line\n\r, \\N"}, {"2", "\\."}, {"3", {}}, {"4", ""}};

  auto stream = copy_into_t(*connection);
  stream->write(rows);
  stream->finish();

  EXPECT_EQ(connection->query("select * from t order by a").rows, rows);
}

TEST(Libpq, AValueOfSeveralPiecesIsCopiedWhole) {
  FreshPostgres database;
  auto connection = database.open();
  connection->execute("create table t (a int, b text)");
  std::string large(5'000'001, 'x');
  std::vector<std::vector<Value>> rows{{"1", large + "\n" + large}};

  auto stream = copy_into_t(*connection);
  stream->write(rows);
  stream->finish();

  EXPECT_TRUE(connection->query("select * from t").rows == rows);
}

TEST(Libpq, AnErrorEndsACopyAndNotTheSession) {
  FreshPostgres database;
  auto connection = database.open();
  connection->execute("create table t (a int primary key, b text)");
  std::vector<std::vector<Value>> twice(100'000, {"1", "long enough that not all is sent at once"});

  try {
    auto stream = copy_into_t(*connection);
    stream->write(twice);
    stream->finish();
    FAIL() << "copied";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.code, "23505");
    EXPECT_FALSE(error.connection_lost);
  }
  EXPECT_THROW(dynamic_cast<RowWriter&>(*connection).write_rows("copy nothing from stdin"),
               DatabaseError);
  EXPECT_EQ(connection->query("select count(*) from t").rows[0][0], "0");
}

TEST(Libpq, ACopyThatIsNotFinishedLeavesNothing) {
  FreshPostgres database;
  auto connection = database.open();
  connection->execute("create table t (a int, b text)");
  std::vector<std::vector<Value>> row{{"1", "x"}};

  copy_into_t(*connection)->write(row);

  EXPECT_EQ(connection->query("select count(*) from t").rows[0][0], "0");
}

TEST(Libpq, AnErrorNamesWhatItIsAbout) {
  FreshPostgres database;
  auto session = open_libpq(parse_database_url(database.url()));
  try {
    session->query_text(
        "create table t (a int constraint one unique); insert into t values (1), (1)");
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.schema, "public");
    EXPECT_EQ(error.table, "t");
    EXPECT_EQ(error.constraint, "one");
  }
}

TEST(Libpq, AnErrorNamesTheStatementAndThePlaceInBytes) {
  FreshPostgres database;
  auto connection = database.open();
  std::vector<Command> commands{{"select 1"}, {"select 'ä', nowhere"}, {"select 2"}};
  std::size_t done = 0;

  try {
    connection->run(commands, [&](std::size_t) { ++done; });
    FAIL() << "ran";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.index, 1u);
    EXPECT_EQ(error.code, "42703");
    EXPECT_EQ(error.position, commands[1].sql.find("nowhere") + 1);
    EXPECT_FALSE(error.connection_lost);
  }
  EXPECT_EQ(done, 1u);
  EXPECT_EQ(connection->query("select 3").rows[0][0], "3");
}

TEST(Libpq, WhatCannotRunInATransactionRunsAlone) {
  FreshPostgres database;
  auto connection = database.open();

  connection->execute("create table t (a int)");
  connection->execute("create index concurrently i on t (a)");

  EXPECT_EQ(connection->query("select count(*) from pg_indexes where indexname = 'i'").rows[0][0],
            "1");
}

TEST(Libpq, AKilledServerProcessIsALostConnection) {
  FreshPostgres database;
  auto victim = database.open();
  std::string pid = *victim->query("select pg_backend_pid()").rows[0][0];
  database.open()->query("select pg_terminate_backend(" + pid + ")");

  try {
    victim->query("select 1");
    FAIL() << "still there";
  } catch (const DatabaseError& error) {
    EXPECT_TRUE(error.connection_lost) << error.message;
  }
}

TEST(Libpq, NoticesAreCollected) {
  FreshPostgres database;
  auto connection = database.open();

  connection->execute("drop table if exists missing");

  EXPECT_THAT(connection->take_notices(), ElementsAre(HasSubstr("missing")));
  EXPECT_TRUE(connection->take_notices().empty());
}

TEST(Libpq, AServerThatIsNotThereIsNamedWithoutThePassword) {
  try {
    connect(parse_database_url("postgres://u:hidden@localhost/d?host=/nonexistent"));
    FAIL() << "connected";
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("postgres://u:****@localhost/d"));
    EXPECT_THAT(error.message(), HasSubstr("No such file"));
    EXPECT_THAT(error.message(), Not(HasSubstr("hidden")));
  }
}

}  // namespace
}  // namespace tidemark
