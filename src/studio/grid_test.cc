#include "studio/grid.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "studio/cells.h"
#include "studio/edits.h"
#include "studio/lane.h"
#include "studio/tables.h"
#include "tests/servers/database.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

using tests::TestDatabase;

class GridTest : public ::testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    database_.run(
        "CREATE TABLE t (id integer PRIMARY KEY, name text, big bigint, amount numeric, flag "
        "boolean)");
    for (int i = 0; i < 50; ++i)
      database_.run("INSERT INTO t VALUES (" + std::to_string(i) + ", " +
                    (i % 4 == 0 ? "NULL" : "'n" + std::to_string(i % 7) + "'") +
                    ", 9007199254740993, 12.50, NULL)");
    read();
  }
  void read() {
    tables_ = read_tables(*connection());
    relation_ = &tables_.find(path());
  }
  Path path() const { return {Name(GetParam() == Engine::postgresql ? "public" : ""), Name("t")}; }
  Connection* connection() { return &session_.connection(); }

  json::array page(const Selection& selection, const PageRequest& request) {
    PageSql sql = page_sql(*relation_, GetParam(), selection, request);
    json::array rows;
    ResultSink sink;
    sink.row = [&](const ResultRow& row) {
      rows.push_back(page_row(sql, row, GetParam()));
      return true;
    };
    session_.read(sql.query.sql, sql.query.parameters, sink);
    return rows;
  }

  static std::vector<Encoded> place(const json::value& row) {
    std::vector<Encoded> out;
    for (const json::value& one : row.at("k").as_array())
      out.push_back(one.is_null() ? Encoded() : Encoded(std::string(one.as_string())));
    return out;
  }

  static std::vector<std::string> names_in(const json::array& columns) {
    std::vector<std::string> out;
    for (const json::value& one : columns) out.emplace_back(one.at("name").as_string());
    return out;
  }

  /// The ids in order, by pages of seven.
  std::vector<std::string> all(const Selection& selection, bool backwards = false) {
    std::vector<std::string> ids;
    PageRequest request{.limit = 7, .backwards = backwards};
    for (;;) {
      json::array rows = page(selection, request);
      for (const json::value& row : rows)
        ids.emplace_back(row.at("c").as_array().at(0).as_string());
      if (rows.size() < 7) return ids;
      request.after = place(rows.back());
    }
  }

  std::vector<std::string> ids(const std::string& sql) {
    std::vector<std::string> out;
    for (const auto& row : connection()->query(sql).rows) out.push_back(row[0].value());
    return out;
  }

  TestDatabase database_{GetParam()};
  DatabaseSession session_{[this] { return database_.open(); }};
  Tables tables_;
  const Relation* relation_ = nullptr;
};

TEST_P(GridTest, PagesByKeyAreTheWholeTableInItsOrder) {
  EXPECT_EQ(all({}), ids("SELECT id FROM t ORDER BY id"));
  EXPECT_EQ(all({.sorts = {{"id", true}}}), ids("SELECT id FROM t ORDER BY id DESC"));
  EXPECT_EQ(all({.sorts = {{"name", false}}}), ids("SELECT id FROM t ORDER BY name, id"));
  EXPECT_EQ(all({.sorts = {{"name", true}}}), ids("SELECT id FROM t ORDER BY name DESC, id"));
  EXPECT_EQ(all({.sorts = {{"name", true}, {"id", true}}}),
            ids("SELECT id FROM t ORDER BY name DESC, id DESC"));
}

TEST_P(GridTest, PagesFromTheEndAreTheSameTable) {
  for (const Selection& selection :
       {Selection{}, Selection{.sorts = {{"id", true}}}, Selection{.sorts = {{"name", false}}},
        Selection{.sorts = {{"name", true}}}, Selection{.sorts = {{"name", true}, {"id", true}}}}) {
    std::vector<std::string> there = all(selection), back = all(selection, /*backwards=*/true);
    std::ranges::reverse(back);
    EXPECT_EQ(back, there);
  }
}

TEST_P(GridTest, TriggersAreShownThoughNoSchemaHasThem) {
  bool postgres = GetParam() == Engine::postgresql;
  if (postgres)
    database_.run(
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'");
  database_.run(std::string("CREATE TRIGGER noted AFTER INSERT ON t ") +
                (postgres ? "FOR EACH ROW EXECUTE FUNCTION f()" : "BEGIN SELECT 1; END"));
  read();

  json::value beyond = table_json(tables_, path()).at("beyond");

  ASSERT_EQ(beyond.as_array().size(), 1u);
  EXPECT_EQ(beyond.at(0).at("what"), "trigger");
  EXPECT_EQ(beyond.at(0).at("object"), "noted");
  EXPECT_NE(beyond.at(0).at("text").as_string().find("AFTER INSERT"), std::string::npos);
}

TEST_P(GridTest, ARowIsCutToItsShare) {
  database_.run("UPDATE t SET name = '" + std::string(300, 'x') + "' WHERE id = 1");
  PageSql sql = page_sql(*relation_, GetParam(), {}, {.limit = 2});
  std::vector<json::object> rows;
  ResultSink sink;
  sink.row = [&](const ResultRow& row) {
    rows.push_back(page_row(sql, row, GetParam(), 8));
    return true;
  };

  session_.read(sql.query.sql, sql.query.parameters, sink);

  EXPECT_EQ(rows[1].at("c").at(1).at("t"), "xxxxxxxx");
  EXPECT_EQ(rows[1].at("c").at(0), "1") << "what is shorter is whole";
}

TEST_P(GridTest, TheKeyOfARowIsTheSameInEveryOrder) {
  database_.run("CREATE TABLE pairs (a integer NOT NULL, b integer NOT NULL, PRIMARY KEY (a, b))");
  database_.run("INSERT INTO pairs VALUES (1, 2)");
  read();
  relation_ = &tables_.find({path().schema, "pairs"});

  json::value plain = page({}, {})[0], sorted = page({.sorts = {{"b", true}}}, {})[0];

  EXPECT_EQ(sorted.at("key"), plain.at("k"));
  EXPECT_NE(sorted.at("k"), plain.at("k"));
}

TEST_P(GridTest, FiltersAreValuesAndNeverSql) {
  EXPECT_EQ(all({.filters = {{"name", "=", {"n1"}}}}),
            ids("SELECT id FROM t WHERE name = 'n1' ORDER BY id"));
  EXPECT_EQ(all({.filters = {{"name", "null"}}}), ids("SELECT id FROM t WHERE name IS NULL"));
  EXPECT_EQ(all({.filters = {{"id", "<", {"3"}}, {"id", ">", {"46"}}}, .any = true}),
            (std::vector<std::string>{"0", "1", "2", "47", "48", "49"}));
  Filter small{.group = {{"id", "<", {"3"}}, {"id", "=", {"1"}}}};
  Filter large{.group = {{"id", ">", {"46"}}, {"id", "<>", {"48"}}}};
  EXPECT_EQ(all({.filters = {small, large}, .any = true}),
            (std::vector<std::string>{"1", "47", "49"}));
  EXPECT_TRUE(all({.filters = {small, large}}).empty());
  EXPECT_TRUE(all({.filters = {{"name", "=", {"n1' OR '1'='1"}}}}).empty());
  EXPECT_TRUE(all({.filters = {{"name", "contains", {"%"}}}}).empty());
  EXPECT_EQ(all({.where = "id = 5 -- a comment"}), (std::vector<std::string>{"5"}));
  EXPECT_THROW(all({.filters = {{"nowhere", "=", {"1"}}}}), Error);
  EXPECT_THROW(all({.filters = {{"id", "= 1 OR 1 =", {"1"}}}}), Error);
  EXPECT_THROW(all({.sorts = {{"id; DROP TABLE t", false}}}), Error);
}

TEST_P(GridTest, NumbersKeepAllDigits) {
  json::array rows = page({}, {.limit = 1});

  EXPECT_EQ(rows[0].at("c").as_array()[2].as_string(), "9007199254740993");
  EXPECT_EQ(rows[0].at("c").as_array()[1], json::value(nullptr));
}

TEST_P(GridTest, LongTextComesCutAndWholeWhenItIsAskedFor) {
  database_.run("UPDATE t SET name = '" + std::string(5000, 'x') + "' WHERE id = 1");

  json::value cell = page({.filters = {{"id", "=", {"1"}}}}, {})[0].at("c").as_array()[1];
  GridSql whole =
      value_sql(*relation_, GetParam(), "name", {GetParam() == Engine::postgresql ? "1" : "i1"});

  EXPECT_EQ(cell.at("t").as_string().size(), cell_characters);
  EXPECT_EQ(connection()->query(whole.sql, whole.parameters).rows[0][0], std::string(5000, 'x'));
}

TEST_P(GridTest, WhatIsJustShortEnoughIsNotCut) {
  std::string exact, longer;
  for (std::size_t i = 0; i < cell_characters; ++i) exact += "\u00e9";
  longer = exact + "\u00e9";
  database_.run("UPDATE t SET name = '" + exact + "' WHERE id = 1");
  database_.run("UPDATE t SET name = '" + longer + "' WHERE id = 2");

  json::array rows = page({.filters = {{"id", "in", {"1", "2"}}}}, {});

  EXPECT_EQ(rows[0].at("c").at(1), json::value(exact));
  EXPECT_EQ(rows[1].at("c").at(1), (json::value{{"t", exact}}));
}

TEST_P(GridTest, BytesComeWithTheirNumber) {
  bool postgres = GetParam() == Engine::postgresql;
  database_.run(std::string("CREATE TABLE files (id integer PRIMARY KEY, b ") +
                (postgres ? "bytea)" : "blob)"));
  database_.run(postgres ? "INSERT INTO files VALUES (1, '\\x00ff'), (2, decode(repeat('ab', 300), "
                           "'hex')), (3, '')"
                         : "INSERT INTO files VALUES (1, x'00ff'), (2, zeroblob(300)), (3, x'')");
  read();
  relation_ = &tables_.find({path().schema, "files"});

  json::array rows = page({}, {});

  EXPECT_EQ(rows[0].at("c").at(1), (json::value{{"b", "00ff"}, {"n", 2}}));
  EXPECT_EQ(rows[1].at("c").at(1).at("n"), json::value(300));
  EXPECT_EQ(rows[1].at("c").at(1).at("b").as_string().size(), cell_bytes * 2);
  EXPECT_EQ(rows[2].at("c").at(1), (json::value{{"b", ""}, {"n", 0}}));
}

/// As many as PostgreSQL has room for in a table; SQLite takes 2,000 in a result.
TEST_P(GridTest, AsManyColumnsAsATableHas) {
  std::string columns;
  for (int i = 0; i < 1500; ++i) columns += ", c" + std::to_string(i) + " text";
  database_.run("CREATE TABLE wide (id integer PRIMARY KEY" + columns + ")");
  database_.run("INSERT INTO wide (id, c1499) VALUES (1, 'last')");
  read();
  relation_ = &tables_.find({path().schema, "wide"});

  json::value row = page({.sorts = {{"c7", true}}}, {})[0];

  EXPECT_EQ(row.at("c").as_array().size(), 1501u);
  EXPECT_EQ(row.at("c").at(1500), json::value("last"));
}

TEST_P(GridTest, AViewHasEachOfItsColumnsOnce) {
  database_.run("CREATE VIEW v AS SELECT id AS a, name AS b FROM t");
  if (GetParam() == Engine::postgresql)
    database_.run("CREATE MATERIALIZED VIEW m AS SELECT id AS a, name AS b FROM t");
  read();

  for (const char* view : {"v", "m"}) {
    if (GetParam() != Engine::postgresql && *view == 'm') continue;
    json::object shown = table_json(tables_, {path().schema, view});
    EXPECT_EQ(names_in(shown.at("columns").as_array()), (std::vector<std::string>{"a", "b"}));
    EXPECT_NE(shown.at("columns").at(0).at("type"), json::value(""));
  }
}

TEST(TypeClass, OnlyNumbersAreNumbers) {
  auto is = [](const char* type) { return type_class(type, Engine::postgresql); };

  for (const char* type : {"integer", "int4", "numeric(10,2)", "double precision", "bigserial"})
    EXPECT_EQ(is(type), TypeClass::number) << type;
  EXPECT_EQ(is("interval day to second"), TypeClass::other);
  EXPECT_EQ(is("int4range"), TypeClass::long_text);
  EXPECT_EQ(is("int8multirange"), TypeClass::long_text);
}

TEST(TypeClass, NotEverythingHasAnOrder) {
  TestDatabase database(Engine::postgresql);
  std::unique_ptr<Connection> session = database.open();
  for (const char* type : {"json", "xml", "point", "circle", "point[]", "jsonb", "text", "uuid"}) {
    bool sorts = true;
    try {
      session->query(std::string("SELECT 1 FROM (SELECT NULL::") + type + " AS a) t ORDER BY a");
    } catch (const DatabaseError&) {
      sorts = false;
    }
    EXPECT_EQ(has_order(type, Engine::postgresql), sorts) << type;
  }
}

class EditsTest : public GridTest {
 protected:
  std::string key(const std::string& id) const {
    return GetParam() == Engine::postgresql ? id : "i" + id;
  }
  std::string text(const std::string& value) const {
    return GetParam() == Engine::postgresql ? value : "t" + value;
  }
  Edit update(const std::string& id, const std::string& seen, const std::string& now) {
    return {.table = path(),
            .key = {key(id)},
            .set = {{"name", {Input::Kind::text, now}}},
            .seen = {{"name", text(seen)}}};
  }
  EditOutcome apply(std::vector<Edit> edits) { return apply_edits(*connection(), tables_, edits); }
};

TEST_P(EditsTest, SavesAllOfThem) {
  Edit insert{.kind = Edit::Kind::insert,
              .table = path(),
              .set = {{"id", {Input::Kind::text, "100"}}, {"name", {Input::Kind::null}}}};
  Edit remove{.kind = Edit::Kind::remove, .table = path(), .key = {key("2")}, .seen = {}};

  EditOutcome outcome = apply({update("1", "n1", "it's"), insert, remove});

  EXPECT_FALSE(outcome.failed) << outcome.message;
  EXPECT_EQ(database_.value("SELECT name FROM t WHERE id = 1"), "it's");
  EXPECT_EQ(database_.value("SELECT count(*) FROM t WHERE id = 100 AND name IS NULL"), "1");
  EXPECT_EQ(database_.value("SELECT count(*) FROM t WHERE id = 2"), "0");
}

TEST_P(EditsTest, ARowThatSomebodyElseChangedStopsAllOfThem) {
  database_.run("UPDATE t SET name = 'theirs' WHERE id = 3");

  EditOutcome outcome = apply({update("1", "n1", "mine"), update("3", "n3", "mine")});

  EXPECT_EQ(outcome.failed, 1u);
  EXPECT_TRUE(outcome.conflict);
  EXPECT_EQ(database_.value("SELECT name FROM t WHERE id = 1"), "n1");
  EXPECT_EQ(database_.value("SELECT name FROM t WHERE id = 3"), "theirs");
}

TEST_P(EditsTest, AFailureLeavesEverythingAsItWas) {
  Edit twice{
      .kind = Edit::Kind::insert, .table = path(), .set = {{"id", {Input::Kind::text, "5"}}}};

  EditOutcome outcome = apply({update("1", "n1", "mine"), twice});

  EXPECT_EQ(outcome.failed, 1u);
  EXPECT_FALSE(outcome.conflict);
  EXPECT_EQ(database_.value("SELECT name FROM t WHERE id = 1"), "n1");
}

TEST_P(EditsTest, ARowOfManyColumnsIsComparedAsAWhole) {
  std::string columns;
  for (int i = 0; i < 1200; ++i) columns += ", c" + std::to_string(i) + " text";
  database_.run("CREATE TABLE wide (id integer PRIMARY KEY" + columns + ")");
  database_.run("INSERT INTO wide (id) VALUES (1)");
  read();
  Edit remove{
      .kind = Edit::Kind::remove, .table = {path().schema, "wide"}, .key = {key("1")}, .seen = {}};
  for (int i = 0; i < 1200; ++i) remove.seen["c" + std::to_string(i)] = std::nullopt;
  Edit stale = remove;
  stale.seen["c1199"] = text("theirs");

  EXPECT_TRUE(apply({stale}).conflict);
  EXPECT_FALSE(apply({remove}).failed);
  EXPECT_EQ(database_.value("SELECT count(*) FROM wide"), "0");
}

TEST_P(EditsTest, ThePreviewIsTheSqlWithItsValues) {
  std::string sql = preview(tables_, update("1", "n1", "it's"));

  EXPECT_NE(sql.find("SET \"name\" = 'it''s' WHERE \"id\" = "), std::string::npos) << sql;
}

class EditsSqlite : public EditsTest {};

TEST_P(EditsSqlite, ANumberKeepsTheStorageClassOfNumbers) {
  database_.run("CREATE TABLE loose (id integer PRIMARY KEY, y, b blob)");
  database_.run("INSERT INTO loose VALUES (1, 5, 1.5), (2, 5, 5), (3, 5, 5)");
  read();
  auto edit = [&](const char* id, const char* y, const char* b) {
    return Edit{.table = {{}, "loose"},
                .key = {key(id)},
                .set = {{"y", {Input::Kind::number, y}}, {"b", {Input::Kind::number, b}}}};
  };

  EXPECT_FALSE(apply({edit("1", "6", "2.5"), edit("2", "-1e3", "9223372036854775807"),
                      edit("3", "9223372036854775808", "+7")})
                   .failed);

  EXPECT_EQ(
      ids("SELECT typeof(y) || ' ' || y || ' ' || typeof(b) || ' ' || b FROM loose"),
      (std::vector<std::string>{"integer 6 real 2.5", "real -1000.0 integer 9223372036854775807",
                                "text 9223372036854775808 integer 7"}));
}

class EditsPostgres : public EditsTest {};

TEST_P(EditsPostgres, BlanksThatFillAColumnAreShownAndCompared) {
  database_.run("CREATE TABLE padded (id integer PRIMARY KEY, c char(5), d char)");
  database_.run("INSERT INTO padded VALUES (1, ' a', 'x')");
  read();
  relation_ = &tables_.find({path().schema, "padded"});
  Edit edit{.table = {path().schema, "padded"},
            .key = {key("1")},
            .set = {{"c", {Input::Kind::text, "b"}}},
            .seen = {{"c", text(" a   ")}, {"d", text("x")}}};

  EXPECT_EQ(page({}, {}).at(0).at("c").at(1), " a   ");
  EXPECT_FALSE(apply({edit}).failed);
}

TEST_P(EditsPostgres, NobodyKnowsWhatCameOfACommitThatIsCutOff) {
  database_.run(
      "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS "
      "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$");
  database_.run(
      "CREATE CONSTRAINT TRIGGER cut AFTER UPDATE ON t DEFERRABLE INITIALLY DEFERRED "
      "FOR EACH ROW EXECUTE FUNCTION cut()");

  EditOutcome outcome = apply({update("1", "n1", "x")});
  EXPECT_TRUE(outcome.failed && outcome.unknown);

  session_.close();
  EXPECT_FALSE(apply({update("1", "somebody else's", "x")}).unknown);
}

TEST_P(EditsTest, ARowIsPutIntoATableWithoutAKey) {
  database_.run("CREATE TABLE loose (a text)");
  database_.run("CREATE VIEW seen AS SELECT a FROM loose");
  read();
  auto insert = [&](const char* table) {
    return Edit{.kind = Edit::Kind::insert,
                .table = {path().schema, table},
                .set = {{"a", {Input::Kind::text, "x"}}}};
  };

  EXPECT_FALSE(apply({insert("loose")}).failed);
  EXPECT_THROW(apply({insert("seen")}), Error);
  EXPECT_EQ(database_.value("SELECT count(*) FROM loose"), "1");
}

TEST_P(EditsTest, ATextWithNulIsNotCutOff) {
  std::string nul("a\0b", 3);
  auto save = [&] { return apply({update("1", "n1", nul)}); };

  if (GetParam() == Engine::postgresql)
    EXPECT_THROW(save(), Error);
  else
    EXPECT_FALSE(save().failed);
}

TEST_P(EditsTest, ATableWithoutAKeyIsNotChangedBlindly) {
  database_.run("CREATE TABLE loose (a text)");
  read();
  Path loose{path().schema, "loose"};

  if (GetParam() == Engine::postgresql) {
    EXPECT_FALSE(tables_.find(loose).read_only_reason.empty());
    EXPECT_THROW(apply({{.table = loose, .key = {}, .set = {{"a", {}}}}}), Error);
  } else {  // the hidden number of the row serves
    EXPECT_TRUE(tables_.find(loose).key_is_rowid);
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, GridTest, ::testing::Values(Engine::postgresql, Engine::sqlite),
                         tests::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, EditsPostgres, ::testing::Values(Engine::postgresql),
                         tests::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, EditsSqlite, ::testing::Values(Engine::sqlite),
                         tests::engine_name);
INSTANTIATE_TEST_SUITE_P(Engines, EditsTest, ::testing::Values(Engine::postgresql, Engine::sqlite),
                         tests::engine_name);

}  // namespace
}  // namespace tidemark::studio
