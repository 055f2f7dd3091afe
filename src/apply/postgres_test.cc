// What only PostgreSQL has: locks between sessions, statements that refuse to run
// in a transaction, settings of a session, poolers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apply/migrate.h"
#include "apply/status.h"
#include "tests/servers/database.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using tests::migration;

class OnPostgres : public ::testing::Test {
 protected:
  std::size_t migrate(const std::vector<MigrationFile>& files, MigrateOptions options = {}) {
    auto connection = database.open();
    return tidemark::migrate(*connection, files, options,
                             [this](const Event& event) { events.push_back(event); });
  }
  Error error(const std::vector<MigrationFile>& files, MigrateOptions options = {}) {
    try {
      migrate(files, options);
    } catch (const Error& error) {
      return error;
    }
    ADD_FAILURE() << "did not fail";
    return Error(Fault::bug, "none");
  }

  tests::TestDatabase database{Engine::postgresql};
  std::vector<Event> events;
};

const MigrationFile creates_t = migration("0000_t", 1000, "CREATE TABLE t (a int)");
const MigrationFile index_online = migration(
    "0001_i", 2000,
    "CREATE TABLE other (a int);\nCREATE UNIQUE INDEX CONCURRENTLY i ON t (a);\nCREATE TABLE last "
    "(a int);");

TEST_F(OnPostgres, AnIndexIsBuiltConcurrently) {
  EXPECT_EQ(migrate({creates_t, index_online}), 2u);
  EXPECT_EQ(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass"),
            "t");
}

TEST_F(OnPostgres, AFailedIndexIsRecordedAndBuiltAnewByTheNextRun) {
  migrate({creates_t});
  database.run("INSERT INTO t VALUES (1), (1)");

  Error failure = error({creates_t, index_online});
  EXPECT_EQ(failure.fault(), Fault::halfway);
  EXPECT_EQ(failure.range()->line, 2u);
  EXPECT_EQ(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass"),
            "f");
  EXPECT_EQ(error({creates_t, index_online}).fault(), Fault::halfway);

  database.run("DELETE FROM t");
  EXPECT_EQ(migrate({creates_t, index_online}), 1u);
  EXPECT_EQ(database.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass"),
            "t");
  EXPECT_EQ(database.value("SELECT count(*) FROM last"), "0");
}

TEST_F(OnPostgres, AnEnumValueCanBeUsedInTheMigrationThatAddsIt) {
  EXPECT_EQ(migrate({migration("0000_e", 1000,
                               "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE p (m "
                               "mood);"),
                     migration("0001_v", 2000,
                               "ALTER TYPE mood ADD VALUE 'happy';\nINSERT INTO p "
                               "VALUES ('happy');")}),
            2u);
  EXPECT_EQ(database.value("SELECT m FROM p"), "happy");
}

TEST_F(OnPostgres, AnEnumValueMayBeUsedWhereItsTextDoesNotStand) {
  const std::vector<MigrationFile> files{
      migration(
          "0000_e", 1000,
          "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE p (m mood); CREATE FUNCTION fill() "
          "RETURNS void LANGUAGE sql AS $$ INSERT INTO p SELECT unnest(enum_range(null::mood)) "
          "$$; CREATE TABLE q (m text);"),
      migration("0001_v", 2000,
                "INSERT INTO q VALUES ('once');\nALTER TYPE mood ADD VALUE 'it''s';\n"
                "INSERT INTO p VALUES (E'it\\'s');\nCOMMIT;\n"
                "ALTER TYPE mood ADD VALUE 'glad';\nSELECT fill();")};
  EXPECT_EQ(migrate(files), 2u);

  EXPECT_EQ(database.value("SELECT string_agg(m::text, ',' ORDER BY m) FROM p"),
            "sad,it's,it's,glad");
  EXPECT_EQ(database.value("SELECT count(*) FROM q"), "1");
  EXPECT_EQ(database.value("SELECT count(*) FROM drizzle.__tidemark_log WHERE tag = '0001_v' AND "
                           "state = 'applied' AND statement > 0"),
            "5");
}

TEST_F(OnPostgres, AnEnumValueOfAnotherMigrationIsNotThereInASingleTransaction) {
  Error failure =
      error({migration("0000_e", 1000, "CREATE TABLE p (m text); CREATE TYPE mood AS ENUM ('sad')"),
             migration("0001_v", 2000, "ALTER TYPE mood ADD VALUE 'happy'"),
             migration("0002_u", 3000, "INSERT INTO p VALUES ('happy'::mood)")},
            {.single_transaction = true});

  EXPECT_THAT(failure.hint(), HasSubstr("without --single-transaction"));
}

TEST_F(OnPostgres, ATableInUseIsTriedAgainAndThenNamed) {
  migrate({creates_t});
  auto reader = database.open();
  reader->execute("BEGIN");
  reader->execute("SELECT * FROM t");
  MigrationFile alter = migration("0001_alter", 2000, "ALTER TABLE t ADD COLUMN b int");

  Error failure = error({creates_t, alter}, {.wait = 700ms, .lock_timeout = 50ms});

  EXPECT_EQ(failure.fault(), Fault::locked);
  EXPECT_THAT(failure.message(), HasSubstr("lock timeout"));
  EXPECT_THAT(failure.message(), HasSubstr("idle in transaction"));
  EXPECT_TRUE(std::ranges::any_of(
      events, [](const Event& event) { return std::holds_alternative<Retrying>(event); }));
  reader->execute("COMMIT");
  EXPECT_EQ(migrate({creates_t, alter}), 1u);
}

TEST_F(OnPostgres, WhoHoldsTheTableIsNamedAndNotWhoIsOlder) {
  migrate({creates_t, migration("0001_o", 1500, "CREATE TABLE o (a int)")});
  auto innocent = database.open(), writer = database.open();
  for (Connection* one : {innocent.get(), writer.get()}) one->execute("BEGIN");
  innocent->execute("SELECT * FROM o");
  innocent->execute("SELECT * FROM t");
  writer->execute("INSERT INTO t VALUES (1)");
  auto pid = [](Connection& of) {
    return "pid " + of.query("SELECT pg_backend_pid()").rows[0][0].value_or("") + " ";
  };
  MigrationFile index = migration("0002_i", 2000, "CREATE INDEX i ON t (a)");

  Error failure = error({creates_t, migration("0001_o", 1500, "CREATE TABLE o (a int)"), index},
                        {.wait = 300ms, .lock_timeout = 50ms});

  EXPECT_THAT(failure.message(), HasSubstr("in use by " + pid(*writer)));
  EXPECT_THAT(failure.message(), ::testing::Not(HasSubstr(pid(*innocent))));
  EXPECT_TRUE(std::ranges::any_of(events, [&](const Event& event) {
    const auto* retry = std::get_if<Retrying>(&event);
    return retry && retry->reason.find("in use by " + pid(*writer)) != std::string::npos;
  }));
}

TEST_F(OnPostgres, AnotherMigratorIsWaitedForAndNamed) {
  auto holder = database.open();
  MigrationFile stuck = migration("0000_stuck", 1000, "SELECT 1");
  bool waited = false;
  tidemark::migrate(*holder, {&stuck, 1}, {}, [&](const Event& event) {
    if (!std::holds_alternative<StatementDone>(event)) return;
    Error failure = error({stuck, creates_t}, {.wait = 300ms});
    EXPECT_EQ(failure.fault(), Fault::locked);
    EXPECT_THAT(failure.message(), HasSubstr("tidemark"));
    EXPECT_THAT(failure.message(), HasSubstr("connected since"));
    waited = true;
  });

  EXPECT_TRUE(waited);
  EXPECT_TRUE(std::holds_alternative<WaitingForLock>(events.at(0)));
  EXPECT_EQ(migrate({stuck, creates_t}), 1u);
}

TEST_F(OnPostgres, SettingsOfOneMigrationAreNotTheNextOnes) {
  migrate({migration("0000_path", 1000, "CREATE SCHEMA app; SET search_path = app;"),
           migration("0001_t", 2000, "CREATE TABLE t (a int)")});

  EXPECT_EQ(database.value("SELECT to_regclass('public.t') IS NOT NULL"), "t");
}

TEST_F(OnPostgres, ADeferredConstraintThatFailsAtTheCommitRollsBack) {
  Error failure = error({migration(
      "0000_d", 1000,
      "CREATE TABLE p (id int PRIMARY KEY);\nCREATE TABLE c (p int REFERENCES p DEFERRABLE "
      "INITIALLY DEFERRED);\nINSERT INTO c VALUES (1);")});

  EXPECT_THAT(failure.message(), HasSubstr("violates foreign key"));
  EXPECT_EQ(database.value("SELECT to_regclass('c') IS NULL"), "t");
}

TEST_F(OnPostgres, RowsOfVersionOneAreMatchedByName) {
  database.run("CREATE SCHEMA drizzle");
  database.run(
      "CREATE TABLE drizzle.__drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT "
      "NULL, created_at bigint, name text, applied_at timestamptz DEFAULT now())");
  database.run(
      "INSERT INTO drizzle.__drizzle_migrations (hash, created_at, name) VALUES ('old', "
      "999, '0000_t')");

  EXPECT_EQ(migrate({creates_t, migration("0001_u", 2000, "CREATE TABLE u (a int)")}), 1u);
  EXPECT_EQ(database.value("SELECT name FROM drizzle.__drizzle_migrations WHERE created_at = 2000"),
            "0001_u");
}

/// A session as it looks through a pooler.
class Pooled final : public Connection {
 public:
  explicit Pooled(std::unique_ptr<Connection> inner) : inner_(std::move(inner)) {}
  Engine engine() const override { return inner_->engine(); }
  Rows query(std::string_view sql, std::span<const Value> parameters) override {
    return inner_->query(sql, parameters);
  }
  void run(std::span<const Command> commands, const Progress& done) override {
    inner_->run(commands, done);
  }
  bool pooled() override { return true; }

 private:
  std::unique_ptr<Connection> inner_;
};

TEST_F(OnPostgres, BehindAPoolerNothingIsLeftInTheSession) {
  Pooled connection(database.open());
  std::vector<MigrationFile> files{creates_t};

  EXPECT_EQ(tidemark::migrate(connection, files, {}, [](const Event&) {}), 1u);
  EXPECT_EQ(connection.query("SHOW lock_timeout", {}).rows[0][0], "0");
  // Other tests share the server, and pg_locks shows the locks of all sessions.
  const char* own_locks =
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()";
  EXPECT_EQ(connection.query(own_locks, {}).rows[0][0], "0");
  EXPECT_EQ(connection.query("SHOW client_connection_check_interval", {}).rows[0][0], "0");
  files.push_back(index_online);
  EXPECT_THROW(tidemark::migrate(connection, files, {}, [](const Event&) {}), Error);
}

}  // namespace
}  // namespace tidemark
