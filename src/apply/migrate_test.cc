// Every test runs on both databases, unless it is about one of them.
#include "apply/migrate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apply/status.h"
#include "base/text.h"
#include "tests/servers/database.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using tests::migration;

class Migrate : public ::testing::TestWithParam<Engine> {
 protected:
  std::size_t migrate(const std::vector<MigrationFile>& files, MigrateOptions options = {}) {
    auto connection = database.open();
    return tidemark::migrate(*connection, files, options,
                             [this](const Event& event) { events.push_back(event); });
  }
  /// The error of a run that must fail.
  Error error(const std::vector<MigrationFile>& files, MigrateOptions options = {}) {
    try {
      migrate(files, options);
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "did not fail";
    return Error(Fault::bug, "none");
  }
  Status status(const std::vector<MigrationFile>& files) {
    return read_status(*database.open(), files);
  }
  std::vector<std::string> states(const std::vector<MigrationFile>& files) {
    std::vector<std::string> out;
    for (const MigrationStatus& one : status(files).migrations)
      out.emplace_back(state_name(one.state));
    return out;
  }
  bool postgres() const { return GetParam() == Engine::postgresql; }
  std::string history() const {
    return postgres() ? "drizzle.__drizzle_migrations" : "__drizzle_migrations";
  }
  std::string log() const { return postgres() ? "drizzle.__tidemark_log" : "libsql_tidemark_log"; }
  void run(const std::string& sql) { database.run(sql); }
  /// A database as the peer leaves it: its history, without our log.
  void peer_applied(const std::vector<MigrationFile>& files) {
    migrate(files);
    run("DROP TABLE " + log());
  }
  template <class Kind>
  std::size_t count() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        events, [](const Event& event) { return std::holds_alternative<Kind>(event); }));
  }

  tests::TestDatabase database{GetParam()};
  std::vector<Event> events;
};

INSTANTIATE_TEST_SUITE_P(On, Migrate, ::testing::Values(Engine::postgresql, Engine::sqlite),
                         tests::engine_name);

const MigrationFile users = migration("0000_users", 1000,
                                      "CREATE TABLE users (id integer PRIMARY KEY);\n--> "
                                      "statement-breakpoint\nCREATE TABLE posts (id integer);");
const MigrationFile names =
    migration("0001_names", 2000, "ALTER TABLE users ADD COLUMN name text;");
const MigrationFile tags = migration("0002_tags", 3000, "CREATE TABLE tags (id integer);");

TEST_P(Migrate, AppliesWhatIsPendingAndRecordsItAsThePeerDoes) {
  EXPECT_EQ(migrate({users, names}), 2u);

  EXPECT_EQ(database.value("SELECT count(*) FROM posts"), "0");
  EXPECT_EQ(database.value("SELECT hash FROM " + history() + " WHERE created_at = 2000"),
            names.hash);
  EXPECT_THAT(states({users, names, tags}), ElementsAre("applied", "applied", "pending"));
  EXPECT_EQ(count<StatementDone>(), 3u);
}

TEST_P(Migrate, HasNothingToDoTheSecondTime) {
  migrate({users});
  events.clear();

  EXPECT_EQ(migrate({users}), 0u);
  EXPECT_EQ(events.size(), 1u);
  EXPECT_EQ(database.value("SELECT count(*) FROM " + history()), "1");
}

TEST_P(Migrate, LogsEveryStatement) {
  migrate({users}, {.version = "9.9"});

  EXPECT_EQ(database.value("SELECT count(*) FROM " + log() +
                           " WHERE statement > 0 AND sql LIKE "
                           "'CREATE TABLE%' AND state = 'applied' AND took_ms >= 0"),
            "2");
  LogEntry entry = status({users}).migrations[0].log.value();
  EXPECT_EQ(entry.state, "applied");
  EXPECT_EQ(entry.done, 2u);
  EXPECT_EQ(entry.version, "9.9");
  EXPECT_THAT(entry.run_by, HasSubstr("@"));
  EXPECT_FALSE(entry.finished_at.empty());
}

TEST_P(Migrate, AFailureLeavesTheDatabaseAsItWasAndNamesThePlace) {
  MigrationFile bad = migration("0001_bad", 2000,
                                "CREATE TABLE a (id integer);\n--> statement-breakpoint\n-- now\n"
                                "INSERT INTO nowhere VALUES (1);");
  Error failure = error({users, bad});

  EXPECT_EQ(failure.fault(), Fault::failed);
  EXPECT_THAT(failure.message(), HasSubstr("0001_bad, statement 2 of 2"));
  EXPECT_THAT(failure.message(),
              HasSubstr("rolled back, nothing of it is applied; the migration before it is"));
  ASSERT_TRUE(failure.range());
  EXPECT_EQ(failure.range()->file, "drizzle/0001_bad.sql");
  EXPECT_EQ(failure.range()->line, 4u);
  EXPECT_EQ(failure.range()->column, 13u);
  EXPECT_THAT(states({users, bad}), ElementsAre("applied", "pending"));
  EXPECT_THROW(run("SELECT * FROM a"), DatabaseError);
}

TEST_P(Migrate, NothingRunsWhenALaterFileCannotBeRead) {
  MigrationFile bad = migration("0001_bad", 2000, "SELECT 1;\nROLLBACK;");

  EXPECT_EQ(error({users, bad}).range()->line, 2u);
  EXPECT_THROW(run("SELECT * FROM users"), DatabaseError);
}

TEST_P(Migrate, AnEditedFileIsNamedAndNotRunAgain) {
  migrate({users});
  MigrationFile edited = migration(users.tag, users.when, users.sql + "\n-- edited");
  events.clear();

  EXPECT_EQ(migrate({edited}), 0u);
  EXPECT_THAT(states({edited}), ElementsAre("edited"));
  EXPECT_EQ(std::get<Remark>(events.at(0)).tag, users.tag);
}

TEST_P(Migrate, OtherLineEndsAreNoEdit) {
  migrate({users});
  std::string windows = replace_all(users.sql, "\n", "\r\n");
  MigrationFile checked_out = migration(users.tag, users.when, windows);
  checked_out.hash_of_lines = users.hash;

  EXPECT_THAT(states({checked_out}), ElementsAre("applied"));
}

TEST_P(Migrate, ARowWithoutAFileIsNamed) {
  migrate({users, names});

  Status status = this->status({users});
  ASSERT_EQ(status.missing.size(), 1u);
  EXPECT_EQ(status.missing[0].hash, names.hash);
}

TEST_P(Migrate, ALateMigrationIsApplied) {
  migrate({users, tags});
  EXPECT_THAT(states({users, names, tags}), ElementsAre("applied", "late", "applied"));

  EXPECT_EQ(migrate({users, names, tags}), 1u);
  EXPECT_THAT(states({users, names, tags}), ElementsAre("applied", "applied", "applied"));
}

TEST_P(Migrate, AnotherToolsLateMigrationIsAppliedWhenItsObjectsAreAbsent) {
  peer_applied({users, tags});

  EXPECT_EQ(migrate({users, names, tags}), 1u);
  EXPECT_EQ(database.value("SELECT count(name) FROM users"), "0");
}

TEST_P(Migrate, ABaselinedDatabaseDoesNotRunEverythingAgain) {
  peer_applied({users, names, tags});
  run("DELETE FROM " + history() + " WHERE created_at < 3000");

  Error failure = error({users, names, tags});
  EXPECT_EQ(failure.fault(), Fault::answer_needed);
  EXPECT_THAT(failure.message(), HasSubstr("0000_users, 0001_names"));
  EXPECT_THAT(failure.hint(),
              HasSubstr("`tidemark repair --applied 0000_users --applied 0001_names`"));
}

TEST_P(Migrate, WhatALaterMigrationDropsProvesNothing) {
  MigrationFile drop = migration("0002_drop", 3000, "DROP TABLE posts;");
  MigrationFile posts = migration("0000_posts", 1000, "CREATE TABLE posts (id integer);");
  peer_applied({posts, drop});
  run("DELETE FROM " + history() + " WHERE created_at < 3000");

  EXPECT_EQ(error({posts, drop}).fault(), Fault::answer_needed);
}

TEST_P(Migrate, ADeletedHistoryRowMeansRunAgain) {
  MigrationFile note =
      migration("0000_note", 1000, "CREATE TABLE IF NOT EXISTS note (id integer);");
  migrate({note});
  run("DELETE FROM " + history());

  EXPECT_EQ(migrate({note}), 1u);
  EXPECT_THAT(states({note}), ElementsAre("applied"));
}

TEST_P(Migrate, StopsAfterTheNamedMigration) {
  EXPECT_EQ(migrate({users, names, tags}, {.to = "0001_names"}), 2u);
  EXPECT_THAT(states({users, names, tags}), ElementsAre("applied", "applied", "pending"));

  Error failure = error({users, names, tags}, {.to = "0002_tag"});
  EXPECT_EQ(failure.fault(), Fault::usage);
  EXPECT_THAT(failure.hint(), HasSubstr("0002_tags"));
}

TEST_P(Migrate, AllOrNothingInASingleTransaction) {
  MigrationFile bad = migration("0001_bad", 2000, "INSERT INTO nowhere VALUES (1);");
  error({users, bad}, {.single_transaction = true});
  EXPECT_THAT(states({users, bad}), ElementsAre("pending", "pending"));

  EXPECT_EQ(migrate({users, names}, {.single_transaction = true}), 2u);
  EXPECT_EQ(count<MigrationDone>(), 2u);
}

TEST_P(Migrate, AnEmptyMigrationIsRecorded) {
  MigrationFile custom = migration("0000_custom", 1000, "-- Custom SQL migration file --");

  EXPECT_EQ(migrate({custom}), 1u);
  EXPECT_THAT(states({custom}), ElementsAre("applied"));
}

TEST_P(Migrate, ItsOwnBeginAndCommitAreOurs) {
  MigrationFile wrapped =
      migration("0000_wrapped", 1000,
                "BEGIN;\nCREATE TABLE a (id integer);\nINSERT INTO a VALUES (1);\n"
                "COMMIT;");
  EXPECT_EQ(migrate({wrapped}), 1u);
  EXPECT_EQ(database.value("SELECT count(*) FROM a"), "1");
}

TEST_P(Migrate, ACommitInTheMiddleIsKeptAndTheRestResumed) {
  MigrationFile halves = migration(
      "0000_halves", 1000, "CREATE TABLE a (id integer);\nCOMMIT;\nINSERT INTO b VALUES (1);");
  EXPECT_EQ(error({halves}).fault(), Fault::halfway);
  EXPECT_THAT(states({halves}), ElementsAre("half-applied"));
  EXPECT_THAT(status({halves}).migrations[0].log->error, HasSubstr("b"));

  run("CREATE TABLE b (id integer)");
  EXPECT_EQ(migrate({halves}), 1u);
  EXPECT_THAT(states({halves}), ElementsAre("applied"));
  EXPECT_EQ(database.value("SELECT count(*) FROM b"), "1");
}

TEST_P(Migrate, AnAppliedStatementThatWasChangedStopsTheResumption) {
  error({migration("0000_a", 1000, "CREATE TABLE a (id integer);COMMIT;SELECT * FROM nowhere;")});

  Error failure = error(
      {migration("0000_a", 1000, "CREATE TABLE z (id integer);COMMIT;SELECT * FROM nowhere;")});
  EXPECT_THAT(failure.message(), HasSubstr("statement 1, which was applied, has been changed"));
}

TEST_P(Migrate, AnAppliedStatementThatIsGoneStopsTheResumption) {
  error({migration(
      "0000_a", 1000,
      "CREATE TABLE a (id integer);CREATE TABLE b (id integer);COMMIT;SELECT * FROM nowhere;")});

  Error failure = error({migration("0000_a", 1000, "CREATE TABLE a (id integer);")});
  EXPECT_EQ(failure.fault(), Fault::failed);
  EXPECT_THAT(failure.message(), HasSubstr("statement 2, which was applied, is not in the file"));
  EXPECT_EQ(failure.range()->file, "drizzle/0000_a.sql");
}

TEST_P(Migrate, TheTailAfterAFailureMayBeCorrected) {
  error(
      {migration("0000_a", 1000, "CREATE TABLE a (id integer);COMMIT;INSERT INTO b VALUES (1);")});

  EXPECT_EQ(migrate({migration("0000_a", 1000,
                               "CREATE TABLE a (id integer);COMMIT;INSERT INTO a VALUES (1);")}),
            1u);
  EXPECT_EQ(database.value("SELECT count(*) FROM a"), "1");
}

TEST_P(Migrate, NamesOfTheHistoryTableMayBeAnything) {
  MigrateOptions options{.history = {"my \"own\"", "the history"}};

  EXPECT_EQ(migrate({users}, options), 1u);
  EXPECT_EQ(migrate({users}, options), 0u);
  Status status = read_status(*database.open(), {&users, 1}, options.history);
  EXPECT_EQ(status.migrations[0].state, MigrationState::applied);
}

TEST_P(Migrate, StatusWritesNothing) {
  Status status = this->status({users});

  EXPECT_FALSE(status.has_history);
  EXPECT_THROW(run("SELECT * FROM " + history()), DatabaseError);
}

}  // namespace
}  // namespace tidemark
