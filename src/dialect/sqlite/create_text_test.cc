#include "dialect/sqlite/create_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark::sqlite_sql {
namespace {

using ::testing::ElementsAre;

TEST(CreateText, AColumnWithEverything) {
  TableText text = read_create_table(
      "CREATE TABLE IF NOT EXISTS main.[the table] (\"id\" INTEGER CONSTRAINT pk PRIMARY KEY DESC "
      "ON CONFLICT REPLACE AUTOINCREMENT, -- a comment, with a comma\n"
      "`price` DECIMAL(10, 2) NOT NULL DEFAULT -1.5 CHECK (price > -2) COLLATE NOCASE)");
  EXPECT_EQ(text.table.path.name, Name("the table"));
  ASSERT_EQ(text.table.columns.size(), 2u);
  EXPECT_TRUE(text.table.columns[0].primary_key);
  EXPECT_TRUE(text.table.columns[0].autoincrement);
  const Column& price = text.table.columns[1];
  EXPECT_EQ(price.type.text, "DECIMAL(10, 2)");
  EXPECT_TRUE(price.not_null);
  EXPECT_EQ(price.default_value, (Literal{"-1.5", false}));
  EXPECT_EQ(price.kept.sql, "COLLATE NOCASE");
  EXPECT_EQ(text.table.checks.at(0).expression, "price > -2");
  EXPECT_EQ(text.unsaid.size(), 3u);
}

TEST(CreateText, DefaultsEndWhereTheyEnd) {
  Table table = read_create_table(
                    "create table t (a default 'it''s, so', b default (1 + (2)), c default 1e3 "
                    "not null, d default x'00ff', e default current_timestamp, f default true, "
                    "g text default +5, h default - 7, i)")
                    .table;
  auto value = [&](std::size_t at) { return table.columns.at(at).default_value; };
  EXPECT_EQ(value(0), (Literal{"'it''s, so'"}));
  EXPECT_EQ(value(1), (Literal{"(1 + (2))"}));
  EXPECT_EQ(value(2), (Literal{"1e3"}));
  EXPECT_EQ(value(3), (Literal{"x'00ff'"}));
  EXPECT_EQ(value(4), (Literal{"current_timestamp"}));
  EXPECT_EQ(value(5), (Literal{"true", false}));
  EXPECT_EQ(value(6), (Literal{"+5"}));
  EXPECT_EQ(value(7), (Literal{"- 7"}));
  EXPECT_EQ(value(8), std::nullopt);
  EXPECT_TRUE(table.columns[2].not_null);
  EXPECT_EQ(table.columns[8].type.text, "");
}

TEST(CreateText, ConstraintsOfTheTable) {
  Table table = read_create_table(
                    "CREATE TABLE t (a int, b int, PRIMARY KEY (a, \"b\" DESC), UNIQUE(b), "
                    "CONSTRAINT \"c\"\"k\" CHECK (a > 0 AND (b < ')')), "
                    "FOREIGN KEY (a) REFERENCES other ON DELETE SET NULL ON UPDATE CASCADE "
                    "DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID, STRICT")
                    .table;
  EXPECT_THAT(table.primary_keys.at(0).columns, ElementsAre(Name("a"), Name("b")));
  EXPECT_THAT(table.uniques.at(0).columns, ElementsAre(Name("b")));
  EXPECT_EQ(table.checks.at(0).name, Name("c\"k"));
  EXPECT_EQ(table.checks.at(0).expression, "a > 0 AND (b < ')')");
  const ForeignKey& key = table.foreign_keys.at(0);
  EXPECT_EQ(key.target.name, Name("other"));
  EXPECT_TRUE(key.target_columns.empty());
  EXPECT_EQ(key.on_delete, "set null");
  EXPECT_EQ(key.on_update, "cascade");
  EXPECT_EQ(key.kept.sql, "DEFERRABLE INITIALLY DEFERRED");
  EXPECT_EQ(table.kept.sql, "WITHOUT ROWID, STRICT");
}

TEST(CreateText, ConstraintsOfTheTableWithoutCommasBetween) {
  Table table = read_create_table(
                    "CREATE TABLE t (a int, b int, FOREIGN KEY (a) REFERENCES u(id) ON DELETE "
                    "cascade FOREIGN KEY (b) REFERENCES v(id) CONSTRAINT one UNIQUE (a) "
                    "CONSTRAINT small CHECK (a < 9), PRIMARY KEY (a, b))")
                    .table;
  ASSERT_EQ(table.foreign_keys.size(), 2u);
  EXPECT_EQ(table.foreign_keys[0].on_delete, "cascade");
  EXPECT_EQ(table.foreign_keys[1].target.name, Name("v"));
  EXPECT_EQ(table.uniques.at(0).name, Name("one"));
  EXPECT_EQ(table.checks.at(0).name, Name("small"));
  EXPECT_THAT(table.primary_keys.at(0).columns, ElementsAre(Name("a"), Name("b")));
}

TEST(CreateText, TheClausesOfAColumnAreAsTheyAreWritten) {
  TableText text = read_create_table(
      "CREATE TABLE t (a text COLLATE nocase CONSTRAINT short CHECK (length(a) < 9 -- letters\n), "
      "b REFERENCES u (id) ON DELETE CASCADE DEFERRABLE, CHECK (a > b /* sic */))");
  ASSERT_EQ(text.clauses.size(), 3U);
  EXPECT_EQ(text.clauses[0].text, "COLLATE nocase");
  EXPECT_EQ(text.clauses[1].text, "CONSTRAINT short CHECK (length(a) < 9 -- letters\n)");
  EXPECT_EQ(text.clauses[1].what, "check");
  EXPECT_EQ(text.clauses[2].text, "REFERENCES u (id) ON DELETE CASCADE DEFERRABLE");
  EXPECT_EQ(text.clauses[2].column, Name("b"));
  EXPECT_EQ(text.table.checks.at(0).expression, "length(a) < 9");
  EXPECT_EQ(text.table.checks.at(1).expression, "a > b");
}

TEST(CreateText, WhatFollowsTheWordsOfAConstraint) {
  TableText text = read_create_table(
      "CREATE TABLE t (a INTEGER NOT NULL ON CONFLICT FAIL PRIMARY KEY DESC ON CONFLICT REPLACE, "
      "b text CONSTRAINT one CONSTRAINT two UNIQUE ON CONFLICT IGNORE NULL ON CONFLICT ABORT "
      "DEFAULT \"x\"NOT NULL, c REFERENCES t (a) ON INSERT CASCADE MATCH FULL NOT NULL NOT "
      "DEFERRABLE, UNIQUE (b COLLATE NOCASE, a DESC) ON CONFLICT ROLLBACK "
      "CONSTRAINT sane CHECK (b > a))");
  const Table& table = text.table;
  EXPECT_EQ(table.columns[0].kept.not_null, "ON CONFLICT FAIL");
  EXPECT_EQ(table.columns[0].kept.key, "DESC ON CONFLICT REPLACE");
  EXPECT_FALSE(table.columns[0].kept.constrains);
  EXPECT_TRUE(table.columns[1].kept.constrains);
  EXPECT_TRUE(table.columns[1].not_null);
  EXPECT_EQ(table.columns[1].default_value, (Literal{"'x'"}));
  EXPECT_EQ(table.uniques.at(0).name, Name("two"));
  EXPECT_EQ(table.uniques[0].kept.sql, "ON CONFLICT IGNORE");
  EXPECT_THAT(table.uniques.at(1).kept.columns, ElementsAre("COLLATE NOCASE", "DESC"));
  EXPECT_EQ(table.uniques[1].kept.sql, "ON CONFLICT ROLLBACK");
  EXPECT_TRUE(table.columns[2].not_null);
  EXPECT_EQ(table.foreign_keys.at(0).kept.sql, "MATCH FULL NOT DEFERRABLE");
  EXPECT_EQ(table.checks.at(0).name, Name("sane"));
  EXPECT_EQ(text.unsaid.size(), 10u);
}

TEST(CreateText, WhatNamesNothingInDoubleQuotesIsAString) {
  const Table table =
      read_create_table(
          "CREATE TABLE t (a text DEFAULT act, b text DEFAULT `it's` CHECK (b IN (\"b\", \"x\")), "
          "c "
          "text AS (\"a\" || \"y\" || t.\"b\" COLLATE \"nocase\"), d text DEFAULT current_date)")
          .table;
  EXPECT_EQ(table.columns[0].default_value, (Literal{"'act'"}));
  EXPECT_EQ(table.columns[1].default_value, (Literal{"'it''s'"}));
  EXPECT_EQ(table.columns[3].default_value, (Literal{"current_date"}));
  EXPECT_EQ(table.checks.at(0).expression, "b IN (\"b\", 'x')");
  EXPECT_EQ(table.columns[2].generated->expression, "(\"a\" || 'y' || t.\"b\" COLLATE \"nocase\")");
}

TEST(CreateText, AUniqueConstraintIsCutOut) {
  const std::string sql =
      "CREATE TABLE \"a b\" (a int CONSTRAINT one UNIQUE ON CONFLICT FAIL NOT NULL, b int /* , */, "
      "UNIQUE (a, b) CONSTRAINT two UNIQUE (b), -- more\n UNIQUE (b, a))";
  const TableText text = read_create_table(sql);
  std::vector<std::string> cut;
  for (const Span& span : text.uniques)
    cut.push_back(sql.substr(span.first, span.last - span.first));
  EXPECT_THAT(cut, ElementsAre("CONSTRAINT one UNIQUE ON CONFLICT FAIL", "UNIQUE (a, b)",
                               "CONSTRAINT two UNIQUE (b)", "UNIQUE (b, a)"));
  EXPECT_EQ(sql.substr(text.name.first, text.name.last - text.name.first), "\"a b\"");
}

TEST(CreateText, AKeyOfOneColumnBehindTheColumns) {
  auto read = [](const char* key) {
    return read_create_table(std::string("CREATE TABLE t (a INTEGER, ") + key + ")").table;
  };
  Column plain = read("PRIMARY KEY (a)").columns.at(0);
  EXPECT_TRUE(plain.primary_key);
  EXPECT_FALSE(plain.kept.says_more());
  EXPECT_TRUE(plain.kept.columns.empty());
  Column counting = read("PRIMARY KEY (a DESC AUTOINCREMENT) ON CONFLICT IGNORE").columns.at(0);
  EXPECT_TRUE(counting.autoincrement);
  EXPECT_THAT(counting.kept.columns, ElementsAre("DESC"));
  EXPECT_EQ(counting.kept.key, "ON CONFLICT IGNORE");
}

TEST(CreateText, GeneratedColumns) {
  Table table = read_create_table(
                    "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * (2)) STORED NOT NULL, "
                    "c AS (a || ')'))")
                    .table;
  EXPECT_EQ(table.columns[1].generated, (Generated{"(a * (2))", Generated::Storage::stored}));
  EXPECT_TRUE(table.columns[1].not_null);
  EXPECT_EQ(table.columns[2].generated, (Generated{"(a || ')')", Generated::Storage::virtual_}));
}

TEST(CreateText, IndexesTellColumnsFromExpressions) {
  Table table = read_create_table("CREATE TABLE t (a, b)").table;
  Index index = read_create_index(
      "CREATE UNIQUE INDEX IF NOT EXISTS \"i\" ON t (`A`, lower(b), b COLLATE NOCASE DESC) "
      "WHERE a IS NOT NULL",
      table);
  EXPECT_EQ(index.name, Name("i"));
  EXPECT_TRUE(index.unique);
  EXPECT_THAT(
      index.columns,
      ElementsAre(IndexColumn{.text = "a"}, IndexColumn{.text = "lower(b)", .is_expression = true},
                  IndexColumn{.text = "b COLLATE NOCASE DESC", .is_expression = true}));
  EXPECT_EQ(index.where, "a IS NOT NULL");
}

TEST(CreateText, TheQueryOfAView) {
  EXPECT_EQ(read_create_view("CREATE VIEW \"as\" AS select 1 as x -- end"), "select 1 as x");
  EXPECT_EQ(read_create_view("CREATE VIEW main.v (x, \"y z\") AS SELECT a, b FROM t"),
            "WITH \"v\"(\"x\", \"y z\") AS (SELECT a, b FROM t) SELECT * FROM \"v\"");
}

TEST(CreateText, WhatIsNotSqlEnds) {
  for (const char* text : {"", "(", "CREATE TABLE", "CREATE TABLE t (", "CREATE TABLE t (a (",
                           "CREATE TABLE t (a CHECK", ")))", "CREATE TABLE t (a, CONSTRAINT"}) {
    read_create_table(text);
    read_create_index(text, {});
    read_create_view(text);
  }
}

}  // namespace
}  // namespace tidemark::sqlite_sql
