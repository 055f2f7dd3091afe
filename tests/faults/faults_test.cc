// Cuts a run off at its first, second, third … command, until one gets through.
// After each cut nothing may be half done, and the next run must finish the work:
// every statement has taken effect exactly once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <future>
#include <thread>

#include "apply/migrate.h"
#include "apply/status.h"
#include "base/interruption.h"
#include "tests/faults/faulty_connection.h"
#include "tests/servers/database.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using tests::Breaks;
using tests::FaultyConnection;
using tests::migration;
using tests::TestDatabase;

/// Migrations that count themselves. Statements cannot be repeated unnoticed.
std::vector<MigrationFile> plain_files() {
  std::vector<MigrationFile> files{
      migration("0000_count", 1000, "CREATE TABLE counter (migration text);")};
  for (int i = 1; i < 3; ++i) {
    std::string n = std::to_string(i);
    files.push_back(migration("000" + n + "_m", 1000 + i,
                              "CREATE TABLE t" + n +
                                  " (a integer);\n--> statement-breakpoint\n"
                                  "INSERT INTO counter VALUES ('" +
                                  n + "');"));
  }
  return files;
}

/// The same with a statement that cannot run in a transaction in between.
std::vector<MigrationFile> files_of(Engine engine) {
  std::vector<MigrationFile> files = plain_files();
  std::string alone =
      engine == Engine::postgresql ? "CREATE INDEX CONCURRENTLY i ON t1 (a);" : "VACUUM;";
  files.push_back(migration(
      "0004_alone", 2000,
      "INSERT INTO counter VALUES ('a');\n" + alone + "\nINSERT INTO counter VALUES ('b');"));
  return files;
}

void ignore(const Event&) {}

class Faults : public ::testing::TestWithParam<Engine> {
 protected:
  /// A migration that is recorded has done all of its work, and no other any.
  void expect_nothing_half_done(const TestDatabase& database) {
    Status status = read_status(*database.open(), files);
    for (const MigrationStatus& one : status.migrations) {
      bool counts = one.migration.tag.ends_with("_m") && status.migrations[0].row;
      if (!counts) continue;
      std::string number = one.migration.tag.substr(3, 1);
      EXPECT_EQ(database.value("SELECT count(*) FROM counter WHERE migration = '" + number + "'"),
                one.row ? "1" : "0")
          << one.migration.tag;
    }
  }
  void expect_all_done_once(const TestDatabase& database) {
    EXPECT_EQ(database.value("SELECT count(*) FROM counter"), "4");
    EXPECT_EQ(database.value("SELECT count(DISTINCT migration) FROM counter"), "4");
    Status status = read_status(*database.open(), files);
    EXPECT_EQ(status.count(MigrationState::applied), files.size());
    EXPECT_TRUE(status.missing.empty());
  }
  /// Repeats `cut(database, n)` with an empty database for each n until it returns false.
  template <class Cut>
  void at_every_command(Cut cut) {
    TestDatabase database(GetParam());
    std::size_t n = 1;
    for (bool was_cut = true; was_cut; ++n) {
      SCOPED_TRACE("command " + std::to_string(n));
      database.clear();
      was_cut = cut(database, n);
      expect_nothing_half_done(database);
      migrate(*database.open(), files, {}, ignore);
      expect_all_done_once(database);
      if (HasFailure()) return;
    }
    EXPECT_GT(n, 20u);
    RecordProperty("commands", static_cast<int>(n));
  }
  bool cut(const TestDatabase& database, std::size_t n, Breaks how) {
    FaultyConnection connection(database.open(), n, how);
    try {
      migrate(connection, files, {}, ignore);
    } catch (const Error& error) {
      EXPECT_THAT(error.message(), ::testing::HasSubstr("on purpose"));
    }
    return connection.broke();
  }

  std::vector<MigrationFile> files = files_of(GetParam());
};

INSTANTIATE_TEST_SUITE_P(On, Faults, ::testing::Values(Engine::postgresql, Engine::sqlite),
                         tests::engine_name);

TEST_P(Faults, TheConnectionBreaksBeforeEachCommand) {
  at_every_command([this](const TestDatabase& database, std::size_t n) {
    return cut(database, n, Breaks::before);
  });
}

TEST_P(Faults, TheConnectionBreaksAfterEachCommand) {
  at_every_command([this](const TestDatabase& database, std::size_t n) {
    return cut(database, n, Breaks::after);
  });
}

/// Runs `work` in a process of its own and returns what waitpid says.
template <class Work>
int in_child(Work work) {
  pid_t child = ::fork();
  if (child == 0) {
    int code = 99;
    try {
      work();
      code = 0;
    } catch (const Error& error) {
      code = static_cast<int>(error.fault());
    } catch (...) {
    }
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

TEST_P(Faults, TheProcessIsKilledBeforeEachCommand) {
  at_every_command([this](const TestDatabase& database, std::size_t n) {
    int status = in_child([&] { cut(database, n, Breaks::killed); });
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << status;
    return WIFSIGNALED(status);
  });
}

TEST_P(Faults, TheProcessIsKilledWhileAPipelineRuns) {
  for (std::size_t n = 1; n <= 8; ++n) {
    TestDatabase database(GetParam());
    in_child([&] {
      std::size_t left = n;
      migrate(*database.open(), files, {}, [&](const Event& event) {
        if (std::holds_alternative<StatementDone>(event) && --left == 0) std::raise(SIGKILL);
      });
    });
    expect_nothing_half_done(database);
    migrate(*database.open(), files, {}, ignore);
    expect_all_done_once(database);
  }
}

TEST_P(Faults, AnInterruptionStopsTheRunningStatementAndRollsBack) {
  std::string long_one = GetParam() == Engine::postgresql
                             ? "SELECT pg_sleep(60);"
                             : "WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) "
                               "SELECT count(*) FROM c;";
  TestDatabase database(GetParam());
  std::vector<MigrationFile> slow{
      files[0], migration("0001_slow", 1500, "CREATE TABLE s (a int);" + long_one)};
  int status = in_child([&] {
    catch_interruption();
    auto signal = std::async(std::launch::async, [] {
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
      ::kill(::getpid(), SIGINT);
    });
    migrate(*database.open(), slow, {}, ignore);
  });

  EXPECT_EQ(WEXITSTATUS(status), static_cast<int>(Fault::interrupted)) << status;
  Status after = read_status(*database.open(), slow);
  EXPECT_EQ(after.migrations[0].state, MigrationState::applied);
  EXPECT_EQ(after.migrations[1].state, MigrationState::pending);
}

/// Runs `work` in eight processes at the same time; all must succeed.
template <class Work>
void in_eight_processes(Work work) {
  std::vector<pid_t> children;
  for (int i = 0; i < 8; ++i) {
    pid_t child = ::fork();
    if (child == 0) {
      int code = 99;
      try {
        work();
        code = 0;
      } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
      }
      ::_exit(code);
    }
    children.push_back(child);
  }
  for (pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
}

TEST_P(Faults, EightProcessesAtOnceApplyEverythingOnce) {
  for (int round = 0; round < 5; ++round) {
    TestDatabase database(GetParam());
    in_eight_processes([&] { migrate(*database.open(), files, {}, ignore); });
    expect_all_done_once(database);
  }
}

TEST_P(Faults, EightProcessesRunADeletedRowsMigrationAgainOnce) {
  TestDatabase database(GetParam());
  std::vector<MigrationFile> again{
      migration("0000_t", 1000, "CREATE TABLE IF NOT EXISTS t (a integer);"),
      migration("0001_again", 2000, "INSERT INTO t VALUES (1);")};
  migrate(*database.open(), again, {}, ignore);
  std::string schema = GetParam() == Engine::postgresql ? "drizzle." : "";
  database.run("DELETE FROM " + schema + "__drizzle_migrations");

  in_eight_processes([&] { migrate(*database.open(), again, {}, ignore); });

  EXPECT_EQ(database.value("SELECT count(*) FROM t"), "2");
  EXPECT_EQ(database.value("SELECT count(*) FROM " + schema + "__drizzle_migrations"), "2");
}

}  // namespace
}  // namespace tidemark
