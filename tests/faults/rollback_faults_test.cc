// Cuts a rollback off at its first, second, third … command, until one gets through.
// After each cut the database is as it was before or after, and the next run ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "apply/migrate.h"
#include "apply/rollback.h"
#include "apply/status.h"
#include "tests/faults/faulty_connection.h"
#include "tests/servers/database.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using tests::Breaks;
using tests::FaultyConnection;
using tests::migration;
using tests::TestDatabase;

void ignore(const Event&) {}

class RollbackFaults : public ::testing::TestWithParam<Engine> {
 protected:
  /// The way back of the newest that is applied, proved by what was recorded.
  std::vector<WayBack> ways(Connection& database) {
    HistoryTable history(database.engine(), default_history());
    LogTable log(history, database.engine(), "");
    Status status = read_status(database, files);
    std::vector<WayBack> out;
    for (std::size_t i = files.size(); i-- > 1;) {
      if (!status.migrations[i].row) continue;
      WayBack way{.tag = files[i].tag, .row = *status.migrations[i].row, .file = backs[i - 1]};
      auto changes = parse_changes(log.read_catalog(database, way.tag));
      EXPECT_TRUE(changes && !changes->empty());
      if (changes)
        way.check = check_by_changes(way.tag, *changes, default_history(), ChangesFrom::record);
      out.push_back(std::move(way));
    }
    return out;
  }
  /// What is there agrees with what is said to be applied.
  void expect_nothing_half_done(Connection& database) {
    Status status = read_status(database, files);
    bool second = status.migrations[1].row.has_value(),
         third = status.migrations[2].row.has_value();
    CatalogImage image = read_image(database, default_history());
    auto value = [&](const std::string& query) {
      return database.query(query).rows.at(0).at(0).value_or("NULL");
    };
    std::string schema = GetParam() == Engine::postgresql ? "public." : "";
    EXPECT_EQ(image.contains("table " + schema + "b"), second);
    EXPECT_EQ(image.contains("table " + schema + "c"), third);
    std::string kept =
        GetParam() == Engine::postgresql ? "drizzle.__tidemark_kept" : "libsql_tidemark_kept";
    if (second) {
      EXPECT_EQ(value("SELECT count(*) FROM " + kept), "1");
      EXPECT_EQ(value("SELECT count(*) FROM " + kept + "_" + value("SELECT id FROM " + kept)), "2");
    } else {
      EXPECT_EQ(value("SELECT y FROM a WHERE x = 2"), "two");
    }
    EXPECT_FALSE(image.contains("table libsql_tidemark_aside"));
    EXPECT_FALSE(third && !second);
  }
  bool cut(const TestDatabase& database, std::size_t n, Breaks how) {
    std::vector<WayBack> planned = ways(*database.open());
    FaultyConnection connection(database.open(), n, how);
    try {
      roll_back(connection, planned, {}, ignore);
    } catch (const Error& error) {
      EXPECT_THAT(error.message(), ::testing::HasSubstr("on purpose"));
    } catch (const DatabaseError& error) {
      EXPECT_THAT(error.message, ::testing::HasSubstr("on purpose"));
    }
    return connection.broke();
  }
  template <class Cut>
  void at_every_command(Cut cut) {
    TestDatabase database(GetParam());
    std::size_t n = 1;
    for (bool was_cut = true; was_cut; ++n) {
      SCOPED_TRACE("command " + std::to_string(n));
      database.clear();
      migrate(*database.open(), files, {}, ignore);
      was_cut = cut(database, n);
      std::unique_ptr<Connection> next = database.open();
      expect_nothing_half_done(*next);
      roll_back(*next, ways(*next), {}, ignore);
      EXPECT_EQ(read_status(*next, files).count(MigrationState::applied), 1u);
      EXPECT_EQ(migrate(*next, files, {}, ignore), 2u);
      expect_nothing_half_done(*next);
      if (HasFailure()) return;
    }
    EXPECT_GT(n, 20u);
  }

  std::vector<MigrationFile> files{
      migration("0000_a", 1000,
                "CREATE TABLE a (x integer PRIMARY KEY NOT NULL, y text NOT NULL); INSERT INTO a "
                "VALUES (1, 'one'), (2, 'two');"),
      migration("0001_b", 1001, "CREATE TABLE b (x integer); ALTER TABLE a DROP COLUMN y;"),
      migration("0002_c", 1002, "CREATE TABLE c (x integer);")};
  std::vector<MigrationFile> backs{
      migration("0001_b", 0, "ALTER TABLE a ADD COLUMN y text NOT NULL; DROP TABLE b;"),
      migration("0002_c", 0, "DROP TABLE c;")};
};

INSTANTIATE_TEST_SUITE_P(On, RollbackFaults, ::testing::Values(Engine::postgresql, Engine::sqlite),
                         tests::engine_name);

TEST_P(RollbackFaults, TheConnectionBreaksBeforeEachCommand) {
  at_every_command([this](const TestDatabase& database, std::size_t n) {
    return cut(database, n, Breaks::before);
  });
}

TEST_P(RollbackFaults, TheConnectionBreaksAfterEachCommand) {
  at_every_command([this](const TestDatabase& database, std::size_t n) {
    return cut(database, n, Breaks::after);
  });
}

TEST_P(RollbackFaults, TheProcessIsKilledBeforeEachCommand) {
  at_every_command([this](const TestDatabase& database, std::size_t n) {
    pid_t child = ::fork();
    if (child == 0) {
      cut(database, n, Breaks::killed);
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
  });
}

TEST_P(RollbackFaults, OfTwoThatWereSentForTheSameOneOnlyOneTakesItBack) {
  TestDatabase database(GetParam());
  migrate(*database.open(), files, {}, ignore);
  std::vector<WayBack> planned = ways(*database.open()), again = ways(*database.open());
  roll_back(*database.open(), planned, {}, ignore);

  EXPECT_THROW(roll_back(*database.open(), again, {}, ignore), Error);

  expect_nothing_half_done(*database.open());
}

TEST_P(RollbackFaults, WhatWasMigratedSinceStaysOnTop) {
  TestDatabase database(GetParam());
  migrate(*database.open(), {files.data(), 2}, {}, ignore);
  std::vector<WayBack> planned = ways(*database.open());
  migrate(*database.open(), files, {}, ignore);

  EXPECT_THROW(roll_back(*database.open(), planned, {}, ignore), Error);

  expect_nothing_half_done(*database.open());
}

TEST_P(RollbackFaults, AMigrationThatKeepsIsCutOffAtEachCommand) {
  std::size_t n = 1;
  for (bool was_cut = true; was_cut; n += 2) {
    SCOPED_TRACE("command " + std::to_string(n));
    TestDatabase database(GetParam());
    migrate(*database.open(), {files.data(), 1}, {}, ignore);
    FaultyConnection connection(database.open(), n, n % 4 == 1 ? Breaks::before : Breaks::after);
    try {
      migrate(connection, files, {}, ignore);
    } catch (const Error& error) {
      EXPECT_THAT(error.message(), ::testing::HasSubstr("on purpose"));
    }
    was_cut = connection.broke();
    expect_nothing_half_done(*database.open());
    migrate(*database.open(), files, {}, ignore);
    roll_back(*database.open(), ways(*database.open()), {}, ignore);
    expect_nothing_half_done(*database.open());
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace tidemark
