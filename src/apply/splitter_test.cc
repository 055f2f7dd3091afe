#include "apply/splitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <pg_query.h>

#include <array>

#include "tidemark/error.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> texts(std::string_view sql, Engine engine = Engine::postgresql) {
  std::vector<std::string> out;
  for (const MigrationStatement& statement : split_migration(sql, "m.sql", engine))
    out.push_back(statement.sql);
  return out;
}
std::vector<std::string> sqlite_texts(std::string_view sql) { return texts(sql, Engine::sqlite); }

Handling handling(std::string_view sql, Engine engine = Engine::postgresql) {
  return split_migration(sql, "m.sql", engine).at(0).handling;
}

TEST(Splitter, AMarkerInAStringIsNone) {
  EXPECT_THAT(
      sqlite_texts("CREATE TABLE a (b text DEFAULT '--> statement-breakpoint');"
                   "--> statement-breakpoint\nSELECT 1"),
      ElementsAre("CREATE TABLE a (b text DEFAULT '--> statement-breakpoint')", "SELECT 1"));
}

TEST(Splitter, SplitsAtMarkersAndAtSemicolons) {
  EXPECT_THAT(texts("SELECT 1;--> statement-breakpoint\nSELECT 2; SELECT 3;\n--> "
                    "statement-breakpoint\n;;\n"),
              ElementsAre("SELECT 1", "SELECT 2", "SELECT 3"));
}

TEST(Splitter, KeepsTheOffsetOfTheFirstToken) {
  std::string_view sql = "-- why\nSELECT 1;\n/* a; b */ SELECT 2";
  auto statements = split_migration(sql, "m.sql", Engine::postgresql);

  ASSERT_EQ(statements.size(), 2u);
  EXPECT_EQ(statements[0].offset, sql.find("SELECT 1"));
  EXPECT_EQ(statements[1].offset, sql.find("SELECT 2"));
}

TEST(Splitter, CommentsAndEmptyPiecesAreNoStatements) {
  EXPECT_THAT(texts(""), IsEmpty());
  EXPECT_THAT(texts("-- Custom SQL migration file, put your code below! --"), IsEmpty());
  EXPECT_THAT(sqlite_texts("/* nothing; here */ ;--> statement-breakpoint\n -- more"), IsEmpty());
}

TEST(Splitter, APulledBaselineInOneCommentIsEmpty) {
  EXPECT_THAT(texts("-- uncomment\n/*\nCREATE TABLE a ();\n--> statement-breakpoint\n"
                    "CREATE TABLE b ();\n*/"),
              IsEmpty());
}

TEST(Splitter, SemicolonsHideInStringsNamesAndDollarQuotes) {
  EXPECT_THAT(texts("SELECT 'a;''b', \"c;d\", E'\\';', $$;$$, $f$ ; $$ ; $f$; SELECT $1"),
              ElementsAre("SELECT 'a;''b', \"c;d\", E'\\';', $$;$$, $f$ ; $$ ; $f$", "SELECT $1"));
  EXPECT_THAT(sqlite_texts("SELECT 'a;', `b;`, [c;], \"d;\"; SELECT 2"),
              ElementsAre("SELECT 'a;', `b;`, [c;], \"d;\"", "SELECT 2"));
}

TEST(Splitter, OnlyPostgresNestsComments) {
  EXPECT_THAT(texts("/* a /* b */ ; */ SELECT 1"), ElementsAre("SELECT 1"));
  EXPECT_THAT(sqlite_texts("/* a /* b */ SELECT 1"), ElementsAre("SELECT 1"));
}

TEST(Splitter, AFunctionWithAStandardBodyIsOneStatement) {
  std::string function =
      "CREATE OR REPLACE FUNCTION f(a int) RETURNS int BEGIN ATOMIC SELECT CASE WHEN a > 0 THEN 1 "
      "END; SELECT a AS end; END";
  EXPECT_THAT(texts(function + "; SELECT 1;"), ElementsAre(function, "SELECT 1"));
}

TEST(Splitter, ARuleWithSeveralCommandsIsOneStatement) {
  std::string rule = "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)";
  EXPECT_THAT(texts(rule + "; SELECT 3"), ElementsAre(rule, "SELECT 3"));
}

TEST(Splitter, ATriggerOfSqliteIsOneStatement) {
  std::string trigger =
      "CREATE TEMP TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = CASE WHEN 1 THEN 2 END; "
      "DELETE FROM t; END";
  EXPECT_THAT(sqlite_texts(trigger + "; SELECT 1"), ElementsAre(trigger, "SELECT 1"));
}

TEST(Splitter, WhatHasNoEndIsLocated) {
  try {
    texts("SELECT 1;\nSELECT 'open;--> statement-breakpoint\nSELECT 2");
    FAIL() << "split";
  } catch (const Error& error) {
    ASSERT_TRUE(error.range());
    EXPECT_EQ(error.range()->line, 2u);
    EXPECT_EQ(error.range()->column, 8u);
  }
}

TEST(Classify, RecognisesWhatCannotRunInATransaction) {
  for (const char* sql :
       {"CREATE INDEX CONCURRENTLY i ON t (a)", "create unique index concurrently i on t (a)",
        "DROP INDEX CONCURRENTLY i", "REINDEX TABLE CONCURRENTLY t", "REINDEX (VERBOSE) SCHEMA s",
        "VACUUM ANALYZE t", "CREATE DATABASE d", "ALTER SYSTEM SET work_mem = 1",
        "ALTER TABLE p DETACH PARTITION q CONCURRENTLY",
        "CREATE SUBSCRIPTION s CONNECTION '' "
        "PUBLICATION p"})
    EXPECT_EQ(handling(sql), Handling::alone) << sql;
  for (const char* sql : {"CREATE INDEX i ON t (a)", "ALTER TABLE t ADD COLUMN vacuum int",
                          "REINDEX TABLE t", "CREATE TABLE database (a int)"})
    EXPECT_EQ(handling(sql), Handling::plain) << sql;
}

TEST(Classify, RecognisesTheForeignKeyPragmaInEverySpelling) {
  for (const char* sql :
       {"PRAGMA foreign_keys=OFF", "pragma foreign_keys = 0", "PRAGMA foreign_keys(false)"})
    EXPECT_EQ(handling(sql, Engine::sqlite), Handling::foreign_keys_off) << sql;
  EXPECT_EQ(handling("PRAGMA foreign_keys=ON", Engine::sqlite), Handling::foreign_keys_on);
  EXPECT_EQ(handling("PRAGMA foreign_keys", Engine::sqlite), Handling::plain);
  EXPECT_EQ(handling("PRAGMA journal_mode = WAL", Engine::sqlite), Handling::alone);
}

TEST(Classify, TransactionControlIsOursAndRollbackIsRefused) {
  EXPECT_EQ(handling("BEGIN"), Handling::begins);
  EXPECT_EQ(handling("COMMIT"), Handling::commits);
  EXPECT_EQ(handling("SAVEPOINT a"), Handling::plain);
  EXPECT_EQ(handling("ROLLBACK TO SAVEPOINT a"), Handling::plain);
  EXPECT_THROW(handling("ROLLBACK"), Error);
  EXPECT_THROW(handling("ROLLBACK", Engine::sqlite), Error);
}

TEST(Classify, RefusesWhatIsNoSqlForTheServer) {
  EXPECT_THROW(handling("COPY t FROM STDIN"), Error);
  EXPECT_THROW(handling("\\connect other"), Error);
  EXPECT_THROW(handling(".mode csv", Engine::sqlite), Error);
  EXPECT_EQ(handling("COPY t FROM '/tmp/x'"), Handling::plain);
}

/// The statements as PostgreSQL's own parser cuts them; empty if it rejects the text.
std::vector<std::string> parser_texts(const std::string& sql) {
  PgQuerySplitResult result = pg_query_split_with_parser(sql.c_str());
  std::vector<std::string> out;
  for (int i = 0; i < result.n_stmts && !result.error; ++i) {
    auto* statement = result.stmts[i];
    out.push_back(sql.substr(static_cast<std::size_t>(statement->stmt_location),
                             static_cast<std::size_t>(statement->stmt_len)));
  }
  pg_query_free_split_result(result);
  return out;
}

TEST(Splitter, AgreesWithTheParserOfPostgres) {
  for (const std::string& sql : std::array<std::string, 8>{
           "SELECT 1; SELECT ';'; SELECT E'a\\';b', 2;", "SELECT E'a'\n  'b\\';c'; SELECT 2",
           "DO $x$ BEGIN PERFORM 1; END $x$; SELECT 1",
           "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 2 "
           "END; END; SELECT 1;",
           "CREATE PROCEDURE p(a int) BEGIN ATOMIC INSERT INTO t VALUES (a); END; SELECT 2",
           "CREATE FUNCTION begin() RETURNS int LANGUAGE sql AS 'select 1; select 2'; SELECT 1",
           "CREATE RULE r AS ON DELETE TO t DO INSTEAD (DELETE FROM u; SELECT 1); SELECT 5",
           "SELECT U&'d\\0061t;a', $1; SELECT \"a\"\"b;\" /* ; /* ; */ */ ; SELECT 1 -- ;\n;"}) {
    std::vector<std::string> expected;
    for (const std::string& one : parser_texts(sql))
      for (const std::string& inner : texts(one + ";")) expected.push_back(inner);
    EXPECT_THAT(texts(sql), ::testing::ContainerEq(expected)) << sql;
    EXPECT_EQ(texts(sql).size(), parser_texts(sql).size()) << sql;
  }
}

TEST(Splitter, AByteOrderMarkIsNotSent) {
  for (Engine engine : {Engine::postgresql, Engine::sqlite}) {
    auto statements = split_migration("\xEF\xBB\xBFSELECT 1;\nSELECT 2;", "a.sql", engine);
    ASSERT_EQ(statements.size(), 2u);
    EXPECT_EQ(statements[0].sql, "SELECT 1");
    EXPECT_EQ(statements[0].offset, 3u);
  }
}

}  // namespace
}  // namespace tidemark
