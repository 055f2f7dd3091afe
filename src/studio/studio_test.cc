// Read-only, whatever is typed; and what the console does beside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connect/connect.h"
#include "engine/database.h"
#include "studio/console.h"
#include "studio/export.h"
#include "studio/json_values.h"
#include "studio/role.h"
#include "studio/studio.h"
#include "studio/tables.h"
#include "tests/servers/database.h"

namespace tidemark::studio {
namespace {

using tests::TestDatabase;

class ConsoleTest : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override { database_.run("CREATE TABLE t (a integer)"); }

  /// The error of the last statement; empty where all went well.
  std::string type(const std::string& sql, bool read_only) {
    std::string error;
    run_console(session_, read_statements(sql, GetParam()), {.read_only = read_only},
                [&](const json::object& result) {
                  const json::value* said = result.if_contains("error");
                  error = said ? std::string(said->as_string()) : "";
                });
    return error;
  }

  bool leaves_open(const std::string& sql) {
    return run_console(session_, read_statements(sql, GetParam()), {}, [](const json::object&) {});
  }

  TestDatabase database_{GetParam()};
  DatabaseSession session_{[this]() -> std::unique_ptr<Connection> { return database_.open(); }};
};

TEST_P(ConsoleTest, RunsSeveralUpToTheFirstThatFails) {
  std::vector<json::object> results;

  run_console(session_,
              read_statements("insert into t values (1), (2); select a from t; nonsense; select 1",
                              GetParam()),
              {}, [&](json::object result) { results.push_back(std::move(result)); });

  ASSERT_EQ(results.size(), 3u);
  EXPECT_EQ(results[0].at("affected").to_number<int>(), 2);
  EXPECT_EQ(results[1].at("rows").as_array().size(), 2u);
  EXPECT_TRUE(results[2].contains("error"));
}

TEST_P(ConsoleTest, AnAnswerHasASize) {
  database_.run("INSERT INTO t VALUES (1000), (2000), (3000)");
  std::vector<json::object> results;

  run_console(session_, read_statements("select a from t; select a from t", GetParam()),
              {.most_bytes = 20}, [&](json::object result) { results.push_back(result); });

  EXPECT_EQ(results[0].at("rows").as_array().size(), 2u);
  EXPECT_EQ(results[1].at("rows").as_array().size(), 1u) << "each has its first row";
  for (const json::object& one : results) EXPECT_TRUE(one.at("full").as_bool());
}

TEST_P(ConsoleTest, ATransactionIsNotLeftOpen) {
  EXPECT_TRUE(leaves_open("begin; insert into t values (1)"));
  EXPECT_TRUE(leaves_open("begin; insert into t values (1); rollback; begin; select 1"));
  EXPECT_TRUE(leaves_open("begin; nonsense"));
  EXPECT_FALSE(leaves_open("begin; select 1; commit"));
  EXPECT_FALSE(leaves_open("rollback"));
  EXPECT_FALSE(leaves_open("select 1"));

  EXPECT_EQ(database_.value("select count(*) from t"), "0");
}

TEST_P(ConsoleTest, ASavepointIsNotLeftOpen) {
  bool begins = GetParam() == Engine::sqlite;  // PostgreSQL takes one in transactions only

  EXPECT_EQ(leaves_open("savepoint s; insert into t values (1)"), begins);

  EXPECT_EQ(type("begin; insert into t values (2); commit", false), "");
  EXPECT_EQ(database_.value("select count(*) from t"), "1");
}

TEST_P(ConsoleTest, TransactionsMayBeRolledBack) {
  EXPECT_EQ(type("begin; insert into t values (1); rollback", false), "");
  EXPECT_EQ(type("begin; savepoint s; insert into t values (1); rollback to s; rollback", false),
            "");

  EXPECT_EQ(database_.value("select count(*) from t"), "0");
}

TEST_P(ConsoleTest, TextBehindANulIsNotLost) {
  std::string sql("delete from t \0 where a = 1", 27);

  EXPECT_THROW(read_statements(sql, GetParam()), Error);
}

TEST_P(ConsoleTest, FindsTheStatementOfAPlace) {
  auto at = [](std::size_t offset) {
    return statement_at(read_statements("select 1;\n\n select 2; select 3", GetParam()), offset)
        .at(0)
        .sql;
  };

  EXPECT_EQ(at(0), "select 1");
  EXPECT_EQ(at(9), "select 1");
  EXPECT_EQ(at(12), "select 2");
  EXPECT_EQ(at(1000), "select 3");
  EXPECT_TRUE(statement_at({}, 0).empty());
}

class ExplainTest : public ConsoleTest {
 protected:
  json::object explain(const std::string& sql, Explain how, bool read_only = false) {
    json::object out;
    run_console(session_, read_statements(sql, GetParam(), how),
                {.read_only = read_only, .explain = how},
                [&](json::object result) { out = std::move(result); });
    return out;
  }
};

/// The titles of a plan, a step within another in brackets.
std::string titles(const json::value& steps) {
  std::string out;
  for (const json::value& step : steps.as_array()) {
    std::string below = titles(step.at("children"));
    out +=
        std::string(step.at("title").as_string()) + (below.empty() ? "" : "(" + below + ")") + ";";
  }
  return out;
}

TEST_P(ExplainTest, ShowsTheStepsOfAStatementThatIsNotRun) {
  bool postgres = GetParam() == Engine::postgresql;
  std::string sql = "DELETE FROM t WHERE a IN (SELECT max(a) FROM t AS other)";
  database_.run("INSERT INTO t VALUES (1)");

  EXPECT_EQ(read_statements(sql, GetParam(), Explain::plan)[0].danger.what, "");
  std::string steps = titles(explain(sql, Explain::plan).at("plan"));

  EXPECT_THAT(steps, postgres ? ::testing::AllOf(::testing::StartsWith("Delete on t("),
                                                 ::testing::HasSubstr("Seq Scan on t as other;"))
                              : ::testing::AllOf(::testing::StartsWith("SCAN t;"),
                                                 ::testing::HasSubstr("(SEARCH other;)")));
  EXPECT_EQ(database_.value("SELECT count(*) FROM t"), "1");
}

class ExplainPostgres : public ExplainTest {};

TEST_P(ExplainPostgres, PointsIntoWhatWasTyped) {
  EXPECT_EQ(explain("SELECT nothing FROM t", Explain::plan).at("position"), 8);
}

TEST_P(ExplainTest, MeasuresWhatItRuns) {
  std::string insert = "INSERT INTO t VALUES (1)";
  EXPECT_NE(read_statements(insert, GetParam(), Explain::analyze)[0].danger.what, "");
  EXPECT_EQ(read_statements("SELECT 1", GetParam(), Explain::analyze)[0].danger.what, "");

  json::object refused = explain(insert, Explain::analyze, /*read_only=*/true);
  EXPECT_TRUE(refused.contains("error"));
  EXPECT_EQ(database_.value("SELECT count(*) FROM t"), "0");

  json::object measured = explain(insert, Explain::analyze);
  EXPECT_EQ(measured.contains("plan"), GetParam() == Engine::postgresql);
  if (const json::value* plan = measured.if_contains("plan")) {
    EXPECT_THAT(json::serialize(plan->at(0).at("children")), ::testing::HasSubstr(" ms\""));
    EXPECT_EQ(database_.value("SELECT count(*) FROM t"), "1");
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, ExplainPostgres, ::testing::Values(Engine::postgresql),
                         tests::engine_name);

INSTANTIATE_TEST_SUITE_P(Engines, ExplainTest,
                         ::testing::Values(Engine::postgresql, Engine::sqlite), tests::engine_name);

INSTANTIATE_TEST_SUITE_P(Engines, ConsoleTest,
                         ::testing::Values(Engine::postgresql, Engine::sqlite), tests::engine_name);

class ConsolePostgres : public ConsoleTest {};

TEST_P(ConsolePostgres, CopyToTheProgramIsRefusedAndTheSessionStays) {
  std::string said = type("set application_name = 'mine'; copy t to stdout", false);

  EXPECT_THAT(said, ::testing::HasSubstr("needs psql"));
  EXPECT_EQ(session_.connection().query("show application_name").rows[0][0], "mine");
}

TEST_P(ConsolePostgres, AChainedTransactionIsNotLeftOpen) {
  EXPECT_TRUE(leaves_open("begin; rollback and chain; insert into t values (1)"));

  EXPECT_EQ(database_.value("select count(*) from t"), "0");
}

INSTANTIATE_TEST_SUITE_P(Engines, ConsolePostgres, ::testing::Values(Engine::postgresql),
                         tests::engine_name);

class ReadOnlyPostgres : public ConsoleTest {};

TEST_P(ReadOnlyPostgres, Holds) {
  database_.run(
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'INSERT INTO t VALUES (1) RETURNING a'");
  for (const char* sql :
       {"insert into t values (1)", "begin read write; insert into t values (1)",
        "set transaction read write; insert into t values (1)",
        "set session characteristics as transaction read write; insert into t values (1)",
        "set default_transaction_read_only = off; insert into t values (1)",
        "commit; insert into t values (1)", "commit and chain; insert into t values (1)",
        "do $$ begin insert into t values (1); end $$", "select f()",
        "select set_config('transaction_read_only', 'off', true), f()",
        "explain analyze insert into t values (1)", "create temp table x (a int)",
        "with x as (insert into t values (1) returning a) select * from x",
        "copy t to '/tmp/tidemark_never'", "copy t to program 'true'",
        "do $$ begin execute 'copy (select 1) to program ''true'''; end $$"}) {
    EXPECT_NE(type(sql, true), "") << sql;
    EXPECT_EQ(database_.value("select count(*) from t"), "0") << sql;
  }
  EXPECT_EQ(type("select count(*) from t", true), "");
}

INSTANTIATE_TEST_SUITE_P(Engines, ReadOnlyPostgres, ::testing::Values(Engine::postgresql),
                         tests::engine_name);

TEST(ReadOnlySqlite, Holds) {
  std::filesystem::path folder = ::testing::TempDir() + "studio_" + random_uuid();
  std::filesystem::create_directories(folder);
  DatabaseUrl url = parse_database_url((folder / "t.db").string());
  connect(url)->execute("CREATE TABLE t (a integer)");
  auto session = connect(url, {.create = false, .only_look = true});
  std::string other = (folder / "other.db").string();

  for (const std::string& sql :
       {std::string("insert into t values (1)"), "attach '" + other + "' as o",
        "vacuum into '" + other + "'", std::string("pragma query_only = 0"),
        std::string("pragma writable_schema = 1"), std::string("create temp table x (a)"),
        std::string("create table x (a)"), std::string("drop table t"),
        std::string("update sqlite_master set sql = ''"), std::string("pragma user_version = 3"),
        std::string("pragma journal_mode = wal"), std::string("select load_extension('x')")}) {
    EXPECT_THROW(session->query(sql), DatabaseError) << sql;
  }
  EXPECT_EQ(session->query("select count(*) from t").rows[0][0], "0");
  EXPECT_FALSE(std::filesystem::exists(other));
  EXPECT_NO_THROW(session->query("select * from pragma_table_xinfo('t')"));
  std::filesystem::remove_all(folder);
}

TEST(Studio, KnowsDatabasesOfOtherMachines) {
  auto remote = [](const char* url) { return is_remote(parse_database_url(url)); };

  EXPECT_FALSE(remote("postgres://u@localhost/d"));
  EXPECT_FALSE(remote("postgres://u@127.0.0.1/d"));
  EXPECT_FALSE(remote("postgres://u@localhost/d?host=/var/run/postgresql"));
  EXPECT_FALSE(remote("file.db"));
  EXPECT_FALSE(remote("http://127.0.0.1:8080"));
  EXPECT_TRUE(remote("postgres://u@db.example.com/d"));
  EXPECT_TRUE(remote("postgres://u@127.0.0.1,db.example.com/d"));
  EXPECT_TRUE(remote("postgres://u@localhost/d?host=/tmp,db.example.com"));
  EXPECT_TRUE(remote("postgres://u@127.db.example.com/d"));
  EXPECT_TRUE(remote("libsql://db.turso.io"));
  EXPECT_TRUE(remote("libsql://127.example.turso.io"));
}

TEST(Studio, KnowsWhatTheEnvironmentReaches) {
  auto remote = [](const char* variable, const char* value) {
    ::setenv(variable, value, 1);
    bool out = is_remote(parse_database_url("postgres:///d"));
    ::unsetenv(variable);
    return out;
  };

  EXPECT_FALSE(remote("PGHOST", "/var/run/postgresql"));
  EXPECT_TRUE(remote("PGHOST", "db.example.com"));
  EXPECT_TRUE(remote("PGHOSTADDR", "10.0.0.1"));
  EXPECT_TRUE(remote("PGSERVICE", "far"));
}

Exporter exporter(const Relation& relation, Format format, bool safe = false) {
  return Exporter(relation, Engine::sqlite, {.format = format, .for_spreadsheets = safe});
}

TEST(Export, WritesValuesExactly) {
  Relation relation{.path = {{}, "t"}, .columns = {{"a", "integer"}, {"b", "text"}}};
  ResultRow row{{"9007199254740993", "x,\"y\""}, {CellKind::integer, CellKind::text}};
  ResultRow empty{{std::nullopt, ""}, {CellKind::null, CellKind::text}};

  EXPECT_EQ(exporter(relation, Format::csv).row(row), "9007199254740993,\"x,\"\"y\"\"\"\r\n");
  EXPECT_EQ(exporter(relation, Format::csv).row(empty), ",\"\"\r\n");
  EXPECT_EQ(exporter(relation, Format::ndjson).row(row),
            "{\"a\":9007199254740993,\"b\":\"x,\\\"y\\\"\"}\n");
  EXPECT_EQ(exporter(relation, Format::sql).row(empty),
            "INSERT INTO \"t\" (\"a\", \"b\") VALUES (NULL, '');\n");
}

TEST(Export, ARowOfNdjsonIsALine) {
  Relation relation{
      .path = {{}, "t"},
      .columns = {{"j", "jsonb"}, {"n", "integer[]"}, {"w", "text[]"}, {"b", "boolean"}}};
  ResultRow row{{"{\n  \"a b\": [1.10,\t\"x\\\" y\"]\n}", "{{1,NULL},{3,4}}",
                 "{one,\"t,w\\\"o\",NULL,\"NULL\",\"\"}", "t"},
                std::vector<CellKind>(4, CellKind::text)};

  EXPECT_EQ(Exporter(relation, Engine::postgresql, {.format = Format::ndjson}).row(row),
            "{\"j\":{\"a b\":[1.10,\"x\\\" y\"]},\"n\":[[1,null],[3,4]],"
            "\"w\":[\"one\",\"t,w\\\"o\",null,\"NULL\",\"\"],\"b\":true}\n");
}

TEST(Export, AnArrayThatJsonCannotSayStaysText) {
  auto json = [](const char* text, const char* type) {
    return json_of(text, CellKind::text, type, Engine::postgresql);
  };

  EXPECT_EQ(json("[0:1]={1,2}", "integer[]"), "\"[0:1]={1,2}\"");
  EXPECT_EQ(json("{(1,1),(0,0)}", "box[]"), "\"{(1,1),(0,0)}\"");
  EXPECT_EQ(json("{}", "text[]"), "[]");
  EXPECT_EQ(json("{NaN,1e5}", "numeric[]"), "[\"NaN\",1e5]");
  EXPECT_EQ(json("{1", "integer[]"), "\"{1\"");
}

TEST(Export, KnowsTheNumbersOfJson) {
  for (const char* number : {"0", "-1", "1.50", "1e20", "1e+20", "-1.5E-300", "0.1"})
    EXPECT_TRUE(is_json_number(number)) << number;
  for (const char* other :
       {"", "-", "01", "1.", ".5", "+1", "1e", "1e+", "e5", "1.e5", "NaN", "1x"})
    EXPECT_FALSE(is_json_number(other)) << other;
}

TEST(Export, NumbersOfSqlAreNotQuoted) {
  Relation relation{.path = {"s", "t"}, .columns = {{"a", "bigint"}, {"b", "numeric"}}};
  ResultRow row{{"-9007199254740993", "NaN"}, {CellKind::text, CellKind::text}};

  EXPECT_EQ(Exporter(relation, Engine::postgresql, {.format = Format::sql}).row(row),
            "INSERT INTO \"s\".\"t\" (\"a\", \"b\") VALUES (-9007199254740993, 'NaN');\n");
}

TEST(Export, NumbersThatTheDatabaseGivesGoAlong) {
  TestDatabase database(Engine::postgresql);
  database.run(
      "CREATE TABLE t (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, a text, "
      "b text GENERATED ALWAYS AS (a || '!') STORED)");
  Tables tables = read_tables(*database.open());
  Exporter sql(tables.find({"public", "t"}), Engine::postgresql, {.format = Format::sql});

  database.run(sql.row({{"7", "x", "x!"}, std::vector<CellKind>(3, CellKind::text)}));

  EXPECT_EQ(database.value("SELECT id || a || b FROM t"), "7xx!");
}

TEST(Role, OnlyThatOfASuperuserOrAMemberIsWarnedAbout) {
  TestDatabase database(Engine::postgresql);
  std::unique_ptr<Connection> session = database.open();
  std::string role = "studio_" + random_uuid().substr(0, 8);
  session->execute("CREATE ROLE " + role);

  EXPECT_THAT(powers_beyond_reading(*session), ::testing::HasSubstr("as a superuser it can run"));
  session->execute("SET ROLE " + role);
  EXPECT_EQ(powers_beyond_reading(*session), "");
  session->execute("RESET ROLE");
  session->execute("GRANT pg_write_server_files TO " + role);
  session->execute("SET ROLE " + role);
  EXPECT_THAT(powers_beyond_reading(*session), ::testing::HasSubstr("as a member of"));
  session->execute("RESET ROLE");
  session->execute("DROP ROLE " + role);
}

TEST(Export, FormulasAreDefusedForSpreadsheets) {
  Relation relation{.path = {{}, "t"}, .columns = {{"b", "text"}}};
  ResultRow formula{{"=cmd|'/c calc'!A0"}, {CellKind::text}}, number{{"-5"}, {CellKind::integer}};

  EXPECT_EQ(exporter(relation, Format::csv, true).row(formula), "'=cmd|'/c calc'!A0\r\n");
  EXPECT_EQ(exporter(relation, Format::csv, true).row(number), "-5\r\n");
}

}  // namespace
}  // namespace tidemark::studio
