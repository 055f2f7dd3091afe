// What a migration destroys comes back with its rollback, by the rules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "apply/kept_rows.h"
#include "apply/migrate.h"
#include "apply/rollback.h"
#include "apply/table_facts.h"
#include "tests/servers/database.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;
using tests::migration;
using tests::TestDatabase;

class Keep : public ::testing::TestWithParam<Engine> {
 protected:
  bool postgres() const { return GetParam() == Engine::postgresql; }

  /// `before` with its rows, then the migration.
  void migrate_from(const std::string& before, const std::string& change,
                    MigrateOptions options = {}) {
    files = {migration("0000_before", 1000, before), migration("0001_change", 1001, change)};
    migrate(*database.open(), {files.data(), 1}, {}, ignore);
    migrate(*database.open(), files, options, [this](const Event& event) {
      if (const auto* kept = std::get_if<RowsKept>(&event)) told.push_back("keeps " + kept->what);
      if (const auto* remark = std::get_if<Remark>(&event)) told.push_back(remark->text);
    });
  }
  /// Proved by what was recorded.
  void roll_back_with(const std::string& back) {
    std::unique_ptr<Connection> connection = database.open();
    HistoryTable history(GetParam(), default_history());
    LogTable log(history, GetParam(), "");
    Status status = read_status(*connection, files);
    WayBack way{.tag = "0001_change",
                .row = status.migrations.at(1).row.value(),
                .file = migration("0001_change", 0, back)};
    way.check =
        check_by_changes(way.tag, parse_changes(log.read_catalog(*connection, way.tag)).value(),
                         default_history(), ChangesFrom::record);
    roll_back(*connection, {&way, 1}, {.lock_timeout = lock_timeout}, ignore);
  }
  /// Until a session waits for another one.
  void wait_for_a_waiter() {
    for (int i = 0; i < 3000; ++i) {
      if (!rows("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND "
                "wait_event_type = 'Lock'")
               .empty())
        return;
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ADD_FAILURE() << "nobody waits";
  }
  std::vector<KeptRows> kept() {
    KeptTable list(HistoryTable(GetParam(), default_history()), GetParam());
    return list.read(*database.open());
  }
  /// The rows of a query, values joined with `|`.
  std::vector<std::string> rows(const std::string& query) {
    std::vector<std::string> out;
    for (const std::vector<Value>& row : database.open()->query(query).rows) {
      std::string line;
      for (const Value& value : row) line += (line.empty() ? "" : "|") + value.value_or("NULL");
      out.push_back(line);
    }
    return out;
  }
  static void ignore(const Event&) {}

  TestDatabase database{GetParam()};
  std::vector<MigrationFile> files;
  std::vector<std::string> told;
  std::chrono::milliseconds lock_timeout{200};
};

INSTANTIATE_TEST_SUITE_P(On, Keep, ::testing::Values(Engine::postgresql, Engine::sqlite),
                         tests::engine_name);

TEST_P(Keep, ADroppedColumnComesBackWhereItsRowsAreStillThere) {
  migrate_from(
      "CREATE TABLE t (id integer PRIMARY KEY, a text DEFAULT 'd', b text); INSERT INTO t VALUES "
      "(1, 'x', "
      "'p'), (2, NULL, 'q'), (3, 'z', 'r');",
      "ALTER TABLE t DROP COLUMN a;");
  EXPECT_THAT(told, ElementsAre("keeps 3 values of t.a"));
  database.run("DELETE FROM t WHERE id = 3");
  database.run("INSERT INTO t VALUES (4, 's')");
  database.run("UPDATE t SET b = 'new' WHERE id = 1");

  roll_back_with("ALTER TABLE t ADD COLUMN a text DEFAULT 'd';");

  EXPECT_THAT(rows("SELECT id, a, b FROM t ORDER BY id"),
              ElementsAre("1|x|new", "2|NULL|q", "4|d|s"));
  EXPECT_THAT(kept(), IsEmpty());
}

TEST_P(Keep, AColumnThatMustNotBeNullComesBack) {
  migrate_from(
      "CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL); INSERT INTO t VALUES (1, 'x'), "
      "(2, 'y');",
      "ALTER TABLE t DROP COLUMN a;");

  roll_back_with("ALTER TABLE t ADD COLUMN a text NOT NULL;");

  EXPECT_THAT(rows("SELECT id, a FROM t ORDER BY id"), ElementsAre("1|x", "2|y"));
}

TEST_P(Keep, NothingBeginsWhereARowThatArrivedWouldHaveNoValue) {
  migrate_from(
      "CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL); INSERT INTO t VALUES (1, 'x');",
      "ALTER TABLE t DROP COLUMN a;");
  database.run("INSERT INTO t VALUES (7), (8)");
  try {
    roll_back_with("ALTER TABLE t ADD COLUMN a text NOT NULL;");
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("2 rows of t arrived since"));
    EXPECT_THAT(error.message(), HasSubstr("\"id\" = 7; 8"));
  }
  EXPECT_THAT(rows("SELECT id FROM t ORDER BY id"), ElementsAre("1", "7", "8"));
  EXPECT_EQ(kept().size(), 1u);
}

TEST_P(Keep, ADroppedTableComesBackWithItsRows) {
  std::string id = postgres() ? "serial PRIMARY KEY" : "integer PRIMARY KEY AUTOINCREMENT NOT NULL";
  std::string table = "CREATE TABLE t (id " + id + ", a text, b integer);";
  migrate_from(
      table + "INSERT INTO t (a, b) VALUES ('x', 1), (NULL, 2); DELETE FROM t WHERE b = 1;",
      "DROP TABLE t;");
  EXPECT_THAT(told, ElementsAre("keeps 1 row of t"));

  roll_back_with(table);

  database.run("INSERT INTO t (a, b) VALUES ('next', 3)");
  EXPECT_THAT(rows("SELECT id, a, b FROM t ORDER BY id"), ElementsAre("2|NULL|2", "3|next|3"));
}

TEST_P(Keep, TablesThatReferToEachOtherComeBack) {
  std::string parent = "CREATE TABLE p (id integer PRIMARY KEY NOT NULL);";
  std::string child =
      "CREATE TABLE c (id integer PRIMARY KEY NOT NULL, p integer REFERENCES p (id));";
  migrate_from(parent + child + "INSERT INTO p VALUES (1); INSERT INTO c VALUES (5, 1);",
               "DROP TABLE c; DROP TABLE p;");

  roll_back_with(parent + child);

  EXPECT_THAT(rows("SELECT c.id, p.id FROM c JOIN p ON p.id = c.p"), ElementsAre("5|1"));
}

TEST_P(Keep, NamesThatTheMigrationGaveAreFollowed) {
  migrate_from(
      "CREATE TABLE t (id integer PRIMARY KEY, a text); INSERT INTO t VALUES (1, 'x'), (2, 'y');",
      "ALTER TABLE t RENAME TO u; ALTER TABLE u RENAME COLUMN id TO key; ALTER TABLE u DROP COLUMN "
      "a; ALTER TABLE u RENAME TO v;");

  roll_back_with(
      "ALTER TABLE v RENAME TO t; ALTER TABLE t ADD COLUMN a text; ALTER TABLE t RENAME COLUMN key "
      "TO id;");

  EXPECT_THAT(rows("SELECT id, a FROM t ORDER BY id"), ElementsAre("1|x", "2|y"));
}

TEST_P(Keep, TriggersDoNotSeeWhatComesBack) {
  std::string trigger =
      postgres()
          ? "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.n = NEW.n "
            "+ 1; RETURN NEW; END $$; CREATE TRIGGER g BEFORE UPDATE OR INSERT ON t FOR EACH "
            "ROW EXECUTE FUNCTION f();"
          : "CREATE TRIGGER g AFTER UPDATE ON t BEGIN UPDATE t SET n = n + 1; END; CREATE "
            "TRIGGER h AFTER INSERT ON t BEGIN UPDATE t SET n = n + 1; END;";
  migrate_from(
      "CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL, n integer); INSERT INTO t "
      "VALUES (1, 'x', 0);" +
          trigger,
      "ALTER TABLE t DROP COLUMN a;");

  roll_back_with("ALTER TABLE t ADD COLUMN a text NOT NULL;");

  EXPECT_THAT(rows("SELECT id, a, n FROM t"), ElementsAre("1|x|0"));
}

TEST_P(Keep, TooManyRowsAreNotKeptAndThatIsSaidBefore) {
  migrate_from(
      "CREATE TABLE t (id integer PRIMARY KEY, a text); INSERT INTO t VALUES (1, 'x'), (2, 'y');",
      "ALTER TABLE t DROP COLUMN a;", {.keep_rows = 1});

  EXPECT_THAT(told, ElementsAre(HasSubstr("there are more than 1 rows")));
  EXPECT_THAT(kept(), IsEmpty());
}

constexpr const char* without_key =
    "CREATE TABLE t (a text NOT NULL, b text, c text, d text); INSERT INTO t VALUES ('x', '1', "
    "'p', 'd'), ('y', '2', 'p', 'e'), ('z', NULL, 'p', 'd'), ('x', '1', 'p', 'd'), ('n', 'm', "
    "NULL, NULL), ('q', '\"', ',', '''');";

TEST_P(Keep, TheColumnsOfATableWithoutAKeyComeBackTogether) {
  migrate_from(without_key,
               "ALTER TABLE t DROP COLUMN a; ALTER TABLE t DROP COLUMN d; ALTER TABLE t DROP "
               "COLUMN b;");
  EXPECT_THAT(
      told, ElementsAre("keeps 6 values of t.a", "keeps 6 values of t.d", "keeps 6 values of t.b"));
  for (int round = 0; round < 2; ++round) {
    roll_back_with(
        "ALTER TABLE t ADD COLUMN a text NOT NULL; ALTER TABLE t ADD COLUMN b text; ALTER TABLE t "
        "ADD COLUMN d text;");
    EXPECT_THAT(rows("SELECT a, b, c, d FROM t"),
                UnorderedElementsAre("x|1|p|d", "x|1|p|d", "y|2|p|e", "z|NULL|p|d", "n|m|NULL|NULL",
                                     "q|\"|,|'"));
    EXPECT_THAT(kept(), IsEmpty());
    EXPECT_EQ(migrate(*database.open(), files, {}, ignore), 1u);
  }
}

TEST_P(Keep, ATableWithoutAKeyThatWasWrittenToSinceStaysAsItIs) {
  migrate_from(without_key, "ALTER TABLE t DROP COLUMN b;");
  database.run("UPDATE t SET c = 'other' WHERE a = 'y'");

  roll_back_with("ALTER TABLE t ADD COLUMN b text;");

  EXPECT_THAT(rows("SELECT count(*), count(b) FROM t"), ElementsAre("6|0"));
  EXPECT_EQ(kept().size(), 1u);
}

TEST_P(Keep, NothingBeginsWhereSuchATableWouldHaveNoValue) {
  migrate_from(without_key, "ALTER TABLE t DROP COLUMN a;");
  database.run("INSERT INTO t VALUES ('7', '8', '9')");

  EXPECT_THROW(roll_back_with("ALTER TABLE t ADD COLUMN a text NOT NULL;"), Error);

  EXPECT_EQ(read_table(*database.open(), {postgres() ? "public" : "", "t"})->columns.size(), 3u);
  EXPECT_EQ(kept().size(), 1u);
}

TEST_P(Keep, AFailedMigrationKeepsNothing) {
  EXPECT_THROW(migrate_from("CREATE TABLE t (id integer PRIMARY KEY, a text); INSERT INTO t VALUES "
                            "(1, 'x');",
                            "ALTER TABLE t DROP COLUMN a; DROP TABLE nothing;"),
               Error);

  EXPECT_THAT(kept(), IsEmpty());
}

TEST_P(Keep, UpAndDownAgainIsTheSame) {
  migrate_from(
      "CREATE TABLE t (id integer PRIMARY KEY, a text NOT NULL); INSERT INTO t VALUES (1, "
      "'x');",
      "ALTER TABLE t DROP COLUMN a;");
  for (int round = 0; round < 3; ++round) {
    roll_back_with("ALTER TABLE t ADD COLUMN a text NOT NULL;");
    EXPECT_THAT(rows("SELECT id, a FROM t"), ElementsAre("1|x"));
    EXPECT_EQ(migrate(*database.open(), files, {}, ignore), 1u);
    EXPECT_EQ(kept().size(), 1u);
  }
}

TEST_P(Keep, WhatIsPurgedStaysAway) {
  migrate_from("CREATE TABLE t (id integer PRIMARY KEY, a text); INSERT INTO t VALUES (1, 'x');",
               "ALTER TABLE t DROP COLUMN a;");
  KeptTable list(HistoryTable(GetParam(), default_history()), GetParam());
  std::unique_ptr<Connection> connection = database.open();
  EXPECT_THAT(list.older_than(*connection, std::chrono::hours(1)), IsEmpty());
  for (const KeptRows& one : list.older_than(*connection, std::chrono::seconds(0)))
    list.remove(*connection, one);
  EXPECT_THAT(kept(), IsEmpty());

  roll_back_with("ALTER TABLE t ADD COLUMN a text;");

  EXPECT_THAT(rows("SELECT id, a FROM t"), ElementsAre("1|NULL"));
}

class KeepOnPostgres : public Keep {};
INSTANTIATE_TEST_SUITE_P(On, KeepOnPostgres, ::testing::Values(Engine::postgresql),
                         tests::engine_name);

TEST_P(KeepOnPostgres, ATableWithoutAKeySaysThatItsNarrowedValuesAreNotKept) {
  migrate_from("CREATE TABLE t (a text, b text); INSERT INTO t VALUES ('1', 'y');",
               "ALTER TABLE t ALTER COLUMN a TYPE integer USING a::integer;");

  EXPECT_THAT(told, ElementsAre(HasSubstr("no key")));
}

TEST_P(KeepOnPostgres, ANarrowedValueReturnsWhereItIsStillWhatWasMadeOfIt) {
  migrate_from(
      "CREATE TABLE t (id integer PRIMARY KEY, a numeric(10,4), b text); INSERT INTO t VALUES (1, "
      "1.2345, '007'), (2, 2.5000, '8'), (3, 3.9999, '009');",
      "ALTER TABLE t ALTER COLUMN a SET DATA TYPE numeric(10,2), ALTER b TYPE integer USING "
      "b::integer;");
  EXPECT_THAT(told, ElementsAre("keeps 3 values of t.a", "keeps 2 values of t.b"));
  database.run("UPDATE t SET a = 7 WHERE id = 3");

  roll_back_with(
      "ALTER TABLE t ALTER COLUMN b SET DATA TYPE text; ALTER TABLE t ALTER COLUMN a SET DATA TYPE "
      "numeric(10,4);");

  EXPECT_THAT(rows("SELECT id, a, b FROM t ORDER BY id"),
              ElementsAre("1|1.2345|007", "2|2.5000|8", "3|7.0000|009"));
}

TEST_P(KeepOnPostgres, TypesThatGoComeBackWithTheirValues) {
  std::string type = "CREATE TYPE mood AS ENUM ('good', 'bad');";
  migrate_from(type +
                   "CREATE TABLE t (id mood PRIMARY KEY, a mood[] NOT NULL, g integer GENERATED "
                   "ALWAYS AS IDENTITY, d mood); INSERT INTO t VALUES ('bad', '{good,bad}', "
                   "DEFAULT, 'good'); CREATE TABLE u (id integer PRIMARY KEY, m mood NOT NULL); "
                   "INSERT INTO u VALUES (1, 'bad');",
               "DROP TABLE t; ALTER TABLE u DROP COLUMN m; DROP TYPE mood;");

  roll_back_with(type +
                 "CREATE TABLE t (id mood PRIMARY KEY, a mood[] NOT NULL, g integer GENERATED "
                 "ALWAYS AS IDENTITY, d mood); ALTER TABLE u ADD COLUMN m mood NOT NULL;");

  EXPECT_THAT(rows("SELECT id, a, g, d FROM t"), ElementsAre("bad|{good,bad}|1|good"));
  EXPECT_THAT(rows("SELECT id, m FROM u"), ElementsAre("1|bad"));
}

// Another session writes until the lock of the statement is there.
TEST_P(KeepOnPostgres, WhatOthersWriteMeanwhileIsKeptToo) {
  files = {migration("0000_before", 1000,
                     "CREATE TABLE t (id integer PRIMARY KEY, x text); "
                     "CREATE TABLE e (id integer PRIMARY KEY); INSERT INTO t "
                     "VALUES (1, 'old'), (2, 'gone');"),
           migration("0001_change", 1001, "ALTER TABLE t DROP COLUMN x; DROP TABLE e;")};
  migrate(*database.open(), {files.data(), 1}, {}, ignore);
  std::unique_ptr<Connection> other = database.open();
  other->execute("BEGIN");
  other->execute("UPDATE t SET x = 'new' WHERE id = 1");
  other->execute("INSERT INTO t VALUES (3, 'late')");
  other->execute("INSERT INTO e VALUES (7)");
  std::thread commits([&] {
    wait_for_a_waiter();
    other->execute("COMMIT");
  });
  migrate(*database.open(), files, {.lock_timeout = std::chrono::seconds(60)}, ignore);
  commits.join();

  roll_back_with("ALTER TABLE t ADD COLUMN x text; CREATE TABLE e (id integer PRIMARY KEY);");

  EXPECT_THAT(rows("SELECT id, x FROM t ORDER BY id"), ElementsAre("1|new", "2|gone", "3|late"));
  EXPECT_THAT(rows("SELECT id FROM e"), ElementsAre("7"));
}

TEST_P(KeepOnPostgres, AValueThatIsChangedWhileTheWayBackWaitsStaysWhatItIs) {
  migrate_from("CREATE TABLE t (id integer PRIMARY KEY, x text); INSERT INTO t VALUES (1, '007');",
               "ALTER TABLE t ALTER COLUMN x TYPE integer USING x::integer;");
  std::unique_ptr<Connection> other = database.open();
  other->execute("BEGIN");
  other->execute("UPDATE t SET x = 42 WHERE id = 1");
  std::thread commits([&] {
    wait_for_a_waiter();
    other->execute("COMMIT");
  });
  lock_timeout = std::chrono::seconds(60);
  roll_back_with("ALTER TABLE t ALTER COLUMN x TYPE text;");
  commits.join();
  EXPECT_THAT(rows("SELECT x FROM t"), ElementsAre("42"));
}

TEST_P(KeepOnPostgres, ANameIsLookedForWhereTheServerLooks) {
  migrate_from(
      "CREATE SCHEMA s; CREATE TABLE s.t (id integer PRIMARY KEY, x text); CREATE TABLE public.t "
      "(id integer PRIMARY KEY, x text); CREATE TABLE only_public (id integer PRIMARY KEY, x text);"
      "INSERT INTO s.t VALUES (1, 'of s'); INSERT INTO public.t VALUES (1, 'of public'); INSERT "
      "INTO only_public VALUES (1, 'here');",
      "SET search_path = s, public; ALTER TABLE t DROP COLUMN x; ALTER TABLE only_public * DROP "
      "COLUMN x;");
  EXPECT_THAT(told,
              UnorderedElementsAre("keeps 1 value of s.t.x", "keeps 1 value of only_public.x"));
  database.run("UPDATE public.t SET x = 'newer'");

  roll_back_with(
      "SET search_path = s, public; ALTER TABLE t ADD COLUMN x text; ALTER TABLE "
      "only_public ADD COLUMN x text;");

  EXPECT_THAT(rows("SELECT x FROM s.t"), ElementsAre("of s"));
  EXPECT_THAT(rows("SELECT x FROM public.t"), ElementsAre("newer"));
  EXPECT_THAT(rows("SELECT x FROM only_public"), ElementsAre("here"));
}

TEST_P(KeepOnPostgres, WhatNoWordNamesIsKept) {
  migrate_from(
      "CREATE TYPE mood AS ENUM ('good', 'bad'); CREATE TABLE t (id integer PRIMARY KEY, m mood, x "
      "text, y text); CREATE TABLE u (a text); INSERT INTO t VALUES (1, 'bad', 'x', 'y'); INSERT "
      "INTO u VALUES ('row');",
      "DROP TYPE mood CASCADE; DO $$ BEGIN ALTER TABLE t DROP COLUMN x; DROP TABLE u; END $$; DO "
      "$$ BEGIN EXECUTE 'ALTER TABLE t RENAME y TO z'; END $$;");
  EXPECT_THAT(told,
              UnorderedElementsAre(HasSubstr("drop cascades to column m"), "keeps 1 value of t.m",
                                   "keeps 1 value of t.x", "keeps 1 row of u"));

  roll_back_with(
      "ALTER TABLE t RENAME z TO y; CREATE TABLE u (a text); ALTER TABLE t ADD COLUMN x text; "
      "CREATE TYPE mood AS ENUM ('good', 'bad'); ALTER TABLE t ADD COLUMN m mood;");

  EXPECT_THAT(rows("SELECT m, x, y FROM t"), ElementsAre("bad|x|y"));
  EXPECT_THAT(rows("SELECT a FROM u"), ElementsAre("row"));
}

class KeepOnSqlite : public Keep {};
INSTANTIATE_TEST_SUITE_P(On, KeepOnSqlite, ::testing::Values(Engine::sqlite), tests::engine_name);

// SQLite deletes the rows of a table that it drops, as a DELETE would.
TEST_P(KeepOnSqlite, ParentsThatGoFirstDoNotReachWhatIsKept) {
  std::string tables =
      "CREATE TABLE Top (id integer PRIMARY KEY NOT NULL);"
      "CREATE TABLE middle (id integer PRIMARY KEY NOT NULL, top integer REFERENCES top (id) ON "
      "DELETE CASCADE);"
      "CREATE TABLE leaf (id integer PRIMARY KEY NOT NULL, middle integer REFERENCES MIDDLE (id) "
      "ON DELETE SET NULL, note text);";
  migrate_from(tables +
                   "INSERT INTO Top VALUES (1); INSERT INTO middle VALUES (2, 1); INSERT INTO leaf "
                   "VALUES (3, 2, 'x'), (4, NULL, 'y');",
               "ALTER TABLE leaf RENAME TO twig; DROP TABLE Top; DROP TABLE middle; DROP TABLE "
               "twig;");

  roll_back_with(tables);

  EXPECT_THAT(rows("SELECT id, middle, note FROM leaf ORDER BY id"),
              ElementsAre("3|2|x", "4|NULL|y"));
  EXPECT_THAT(rows("SELECT id, top FROM middle"), ElementsAre("2|1"));
}

TEST_P(KeepOnSqlite, WhatGoesWithADroppedParentComesBack) {
  std::string parent = "CREATE TABLE p (id integer PRIMARY KEY NOT NULL);";
  migrate_from(parent +
                   "CREATE TABLE child (id integer PRIMARY KEY NOT NULL, p integer REFERENCES P "
                   "(id) ON DELETE CASCADE); CREATE TABLE leaf (id integer PRIMARY KEY NOT NULL, "
                   "child integer REFERENCES child (id) ON DELETE CASCADE); CREATE TABLE other (id "
                   "integer PRIMARY KEY NOT NULL, p integer REFERENCES p (id) ON DELETE SET NULL);"
                   "INSERT INTO p VALUES (1); INSERT INTO child VALUES (2, 1), (3, NULL); INSERT "
                   "INTO leaf VALUES (4, 2), (5, 3); INSERT INTO other VALUES (6, 1), (7, NULL);",
               "DROP TABLE p;");
  EXPECT_THAT(told, UnorderedElementsAre("keeps 1 row of p", "keeps 1 row of child",
                                         "keeps 1 row of leaf", "keeps 1 value of other.p"));
  EXPECT_THAT(rows("SELECT id FROM child"), ElementsAre("3"));

  roll_back_with(parent);

  EXPECT_THAT(rows("SELECT id, p FROM child ORDER BY id"), ElementsAre("2|1", "3|NULL"));
  EXPECT_THAT(rows("SELECT id, child FROM leaf ORDER BY id"), ElementsAre("4|2", "5|3"));
  EXPECT_THAT(rows("SELECT id, p FROM other ORDER BY id"), ElementsAre("6|1", "7|NULL"));
}

TEST_P(KeepOnSqlite, ARebuildOfATableWithoutRowidComesBack) {
  migrate_from(
      "CREATE TABLE t (a text, b text, c text, PRIMARY KEY (a, b)) WITHOUT ROWID; INSERT INTO t "
      "VALUES ('x', '1', 'p'), ('y', '2', NULL);",
      "CREATE TABLE __new_t (a text PRIMARY KEY NOT NULL) WITHOUT ROWID; INSERT INTO __new_t (a) "
      "SELECT a FROM t; DROP TABLE t; ALTER TABLE __new_t RENAME TO t;");
  EXPECT_THAT(told, UnorderedElementsAre("keeps 2 values of t.b", "keeps 2 values of t.c"));
}

TEST_P(KeepOnSqlite, ARebuildOfATableWithoutAKeyComesBack) {
  migrate_from(
      without_key,
      "CREATE TABLE __new_t (b text, c text, d text); INSERT INTO __new_t (b, c, d) SELECT "
      "b, c, d FROM t; DROP TABLE t; ALTER TABLE __new_t RENAME TO t;");
  EXPECT_THAT(told, ElementsAre("keeps 6 values of t.a"));

  roll_back_with(
      "CREATE TABLE __new_t (a text NOT NULL, b text, c text, d text); INSERT INTO __new_t (b, c, "
      "d) SELECT b, c, d FROM t; DROP TABLE t; ALTER TABLE __new_t RENAME TO t;");

  EXPECT_THAT(rows("SELECT a, b, c, d FROM t"),
              UnorderedElementsAre("x|1|p|d", "x|1|p|d", "y|2|p|e", "z|NULL|p|d", "n|m|NULL|NULL",
                                   "q|\"|,|'"));
}

TEST_P(KeepOnSqlite, ARebuildThatLeavesOutTheKeyComesBack) {
  migrate_from(
      "CREATE TABLE t (id text PRIMARY KEY NOT NULL, b text); INSERT INTO t VALUES ('x', '1'), "
      "('y', '1'), ('z', NULL);",
      "CREATE TABLE __new_t (b text); INSERT INTO __new_t (b) SELECT b FROM t; DROP TABLE t; "
      "ALTER TABLE __new_t RENAME TO t;");
  EXPECT_THAT(told, ElementsAre("keeps 3 values of t.id"));

  roll_back_with(
      "CREATE TABLE __new_t (id text PRIMARY KEY NOT NULL, b text); INSERT INTO __new_t (b) SELECT "
      "b FROM t; DROP TABLE t; ALTER TABLE __new_t RENAME TO t;");

  EXPECT_THAT(rows("SELECT id, b FROM t"), UnorderedElementsAre("x|1", "y|1", "z|NULL"));
}

TEST_P(KeepOnSqlite, ARebuildOfATableWithoutAKeySaysWhatItMayLose) {
  migrate_from(without_key,
               "CREATE TABLE __new_t (a integer, b text); INSERT INTO __new_t (a, b) SELECT a, b "
               "FROM t WHERE b = '1'; DROP TABLE t; ALTER TABLE __new_t RENAME TO t;");

  EXPECT_THAT(told, Contains(HasSubstr("may change t.a, rows that it leaves out")));
}

TEST_P(KeepOnSqlite, ARebuildsLossesComeBack) {
  std::string before =
      "CREATE TABLE t (id integer PRIMARY KEY NOT NULL, a text NOT NULL, n text, c text DEFAULT "
      "'d');";
  migrate_from(before +
                   "INSERT INTO t VALUES (1, 'x', '007', 'e'), (2, 'y', '8', NULL), (3, 'z', "
                   "'009', 'f'), (4, 'w', NULL, 'gone');",
               "PRAGMA foreign_keys=OFF; CREATE TABLE __new_t (id integer PRIMARY KEY NOT NULL, n "
               "integer); INSERT INTO __new_t (id, n) SELECT id, n FROM t WHERE id < 4; DROP TABLE "
               "t; ALTER TABLE __new_t RENAME TO t; PRAGMA foreign_keys=ON;");
  EXPECT_THAT(told, ElementsAre("keeps 4 values of t.a", "keeps 2 values of t.n",
                                "keeps 4 values of t.c", "keeps 1 row of t"));
  database.run("UPDATE t SET n = 10 WHERE id = 3");

  std::string made = before;
  roll_back_with(
      "PRAGMA foreign_keys=OFF;" + made.replace(13, 1, "__new_t") +
      "INSERT INTO `__new_t`(\"id\", \"n\") SELECT \"id\", \"n\" FROM `t`; DROP TABLE t; "
      "ALTER TABLE __new_t RENAME TO t; PRAGMA foreign_keys=ON;");

  EXPECT_THAT(rows("SELECT id, a, n, c FROM t ORDER BY id"),
              ElementsAre("1|x|007|e", "2|y|8|NULL", "3|z|10|f", "4|w|NULL|gone"));
}

}  // namespace
}  // namespace tidemark
