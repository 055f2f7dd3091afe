#include <gmock/gmock.h>

#include <fmt/format.h>

#include <unistd.h>

#include <filesystem>
#include <set>

#include "base/files.h"
#include "base/text.h"
#include "seed/copied_rows.h"
#include "seed/csv.h"
#include "seed/files.h"
#include "seed/generate.h"
#include "seed/limits.h"
#include "seed/order.h"
#include "tidemark/error.h"

namespace tidemark::seed {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

Column column(const char* name, const char* type, bool not_null = true, bool key = false) {
  return {.name = name, .type = {type}, .primary_key = key, .not_null = not_null};
}

ForeignKey key(const char* own, const char* target) {
  return {.name = "fk", .columns = {own}, .target = {"public", target}, .target_columns = {"id"}};
}

Table table(const char* name, std::vector<Column> columns, std::vector<ForeignKey> keys = {}) {
  return {.path = {"public", name}, .columns = std::move(columns), .foreign_keys = std::move(keys)};
}

std::vector<std::string> names(const std::vector<const Table*>& tables) {
  std::vector<std::string> out;
  for (const Table* one : tables) out.push_back(one->path.name.text());
  return out;
}

TEST(Csv, AnEmptyFieldIsNullAndQuotesMakeAnEmptyText) {
  std::vector<CsvRow> rows = parse_csv("a,b\r\n1,\n\"x,\"\"y\"\"\n\",\"\"\n", "t.csv");
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_THAT(rows[1].fields, ElementsAre(Optional(Eq("1")), Eq(std::nullopt)));
  EXPECT_THAT(rows[2].fields, ElementsAre(Optional(Eq("x,\"y\"\n")), Optional(Eq(""))));
}

TEST(Csv, AQuoteWithoutEndHasItsPlace) {
  try {
    parse_csv("a\n\"b", "t.csv");
    FAIL();
  } catch (const Error& error) {
    ASSERT_TRUE(error.range());
    EXPECT_EQ(error.range()->line, 2u);
  }
}

// --- files -------------------------------------------------------------------

std::vector<TableRows> read(const char* name, std::string_view text, Table of, Engine engine) {
  std::filesystem::path file =
      std::filesystem::path(::testing::TempDir()) / (std::to_string(::getpid()) + name);
  write_file(file, text);
  return read_rows(file, name, {.engine = engine, .tables = {std::move(of)}});
}

std::string refusal_of(const char* name, std::string_view text, Table of, Engine engine) {
  try {
    read(name, text, std::move(of), engine);
  } catch (const Error& error) {
    return fmt::format("{}:{} {}", error.range()->file, error.range()->line, error.message());
  }
  return "";
}

TEST(Files, SqliteHasNumbersForBooleansAndKeepsNoTextAmongNumbers) {
  Table one = table("t", {column("on", "integer"), column("word", "text")});
  EXPECT_THAT(read("t.csv", "on,word\ntrue,true\nFALSE,x\n", one, Engine::sqlite)[0].rows,
              ElementsAre(ElementsAre("1", "true"), ElementsAre("0", "x")));
  EXPECT_THAT(read("t.json", R"([{"on": true, "word": true}])", one, Engine::sqlite)[0].rows,
              ElementsAre(ElementsAre("1", "true")));
  EXPECT_EQ(read("t.csv", "on\ntrue\n", one, Engine::postgresql)[0].rows[0][0], "true");
  EXPECT_EQ(refusal_of("t.csv", "on\n1\nabc\n", one, Engine::sqlite),
            R"(t.csv:3 t.on is integer: "abc" is no number)");
  EXPECT_EQ(refusal_of("t.json", "[{\"on\": 1},\n {\"on\": \"nan\"}]", one, Engine::sqlite),
            R"(t.json:2 t.on is integer: "nan" is no number)");
}

TEST(Files, ANumberKeepsEveryDigit) {
  Table one = table("t", {column("n", "bigint"), column("d", "numeric"), column("j", "jsonb"),
                          column("a", "bigint[]")});
  std::string_view text = R"([{"n": 9007199254740993, "d": 0.12345678901234567890,
    "j": {"n": [12345678901234567], "x": 1.50}, "a": [9007199254740993, null]}, {"n": 2e3}])";
  std::vector<TableRows> rows = read("t.json", text, one, Engine::postgresql);
  EXPECT_THAT(rows[0].rows[0],
              ElementsAre("9007199254740993", "0.12345678901234567890",
                          R"({"n":[12345678901234567],"x":1.50})", R"({"9007199254740993",NULL})"));
  EXPECT_THAT(rows[1].rows[0], ElementsAre("2000"));
}

TEST(Files, AColumnOfJsonHasTheFieldAsItsValue) {
  Table one =
      table("t", {column("j", "jsonb", false), column("l", "jsonb[]"), column("w", "text[]")});
  std::string_view text = R"([{"j": "123", "l": ["a", {"b": 1}, [2]], "w": ["a\nb", "\"\\"]},
    {"j": "{\"a\": 1}", "l": [], "w": []}, {"j": null, "l": [], "w": [["x"], ["y"]]}])";
  std::vector<std::vector<Value>> rows = read("t.json", text, one, Engine::postgresql)[0].rows;
  EXPECT_THAT(rows[0],
              ElementsAre(R"("123")", R"({"\"a\"","{\"b\":1}","[2]"})", "{\"a\nb\",\"\\\"\\\\\"}"));
  EXPECT_EQ(rows[1][0], R"("{\"a\": 1}")");
  EXPECT_EQ(rows[2][0], std::nullopt);
  EXPECT_EQ(rows[2][2], R"({{"x"},{"y"}})");
}

TEST(Files, WhatIsNamedTwiceOrNotAtAllHasItsPlace) {
  Table one = table("t", {column("id", "integer"), column("name", "text")});
  Engine engine = Engine::postgresql;
  EXPECT_EQ(refusal_of("t.csv", "id,name,name\n1,a,b\n", one, engine),
            "t.csv:1 the column \"name\" is named twice");
  EXPECT_EQ(refusal_of("t.json", "[\n{\"id\": 1, \"id\": 2}]", one, engine),
            "t.json:2 the column \"id\" is named twice");
  EXPECT_EQ(refusal_of("t.json", "[\n{\"idd\": 1}]", one, engine),
            "t.json:2 t has no column \"idd\"");
  EXPECT_EQ(refusal_of("t.json", "[\n{}]", one, engine), "t.json:2 this row names no column");
  EXPECT_EQ(refusal_of("t.json", "[{\"id\": 1},\n\n 3]", one, engine),
            "t.json:3 every row must be an object");
}

TEST(Files, AByteOrderMarkIsNoPartOfJson) {
  Table one = table("t", {column("id", "integer")});
  EXPECT_THAT(read("t.json", "\xEF\xBB\xBF[{\"id\": 1}]", one, Engine::sqlite)[0].rows,
              ElementsAre(ElementsAre("1")));
}

TEST(CopiedRows, AreTakenOutAndLeaveEverythingElseInItsPlace) {
  std::string text =
      "\\restrict x\nSET a = 1;\nCOPY public.t (a, b) FROM "
      "stdin;\n1\t\\N\n\tx\\ty\\\\\n\\.\n\nselect 2;";
  std::string before = text;
  std::vector<CopiedRows> copies = take_copied_rows(text);
  ASSERT_THAT(copies, SizeIs(1));
  EXPECT_EQ(copies[0].sql, "COPY public.t (a, b) FROM stdin");
  EXPECT_THAT(copies[0].rows,
              ElementsAre(ElementsAre("1", Eq(std::nullopt)), ElementsAre("", "x\ty\\")));
  EXPECT_EQ(before.substr(copies[0].offsets[1], 2), "\tx");
  EXPECT_EQ(text.size(), before.size());
  EXPECT_EQ(trim(text).substr(0, 10), "SET a = 1;");
  EXPECT_EQ(text.find("select"), before.find("select"));
  EXPECT_EQ(text.find("COPY"), std::string::npos);
}

TEST(CopiedRows, WithoutAnEndStay) {
  std::string text = "COPY t FROM stdin;\n1\n";
  EXPECT_THAT(take_copied_rows(text), IsEmpty());
  EXPECT_TRUE(text.starts_with("COPY"));
}

TEST(Order, ParentsComeFirstAndACircleOpensWhereAKeyMayBeNull) {
  Catalog catalog{.tables = {table("c", {column("a", "integer")}, {key("a", "b")}),
                             table("b", {column("c", "integer", false)}, {key("c", "c")}),
                             table("a", {column("id", "integer")})}};
  EXPECT_THAT(names(parents_first(catalog)), ElementsAre("a", "b", "c"));
}

Limits limits(const char* type, std::vector<std::string> checks) {
  Table one = table("t", {column("x", type)});
  for (std::string& check : checks) one.checks.push_back({"c", check});
  return limits_of({.tables = {one}}, one, one.columns[0]);
}

TEST(Limits, OfTypesAndOfChecksAsDatabasesPrintThem) {
  EXPECT_EQ(limits("varchar(12)", {}).longest, 12u);
  Limits range = limits("integer", {"((x >= 18) AND (x < 100))"});
  EXPECT_EQ(range.least, 18);
  EXPECT_EQ(range.most, 99);
  EXPECT_EQ(limits("numeric(5, 2)", {"(x > (0)::numeric)"}).least, 0.01);
  EXPECT_THAT(limits("text", {"(x = ANY (ARRAY['a'::text, 'it''s'::text]))"}).choices,
              ElementsAre("a", "it's"));
  EXPECT_THAT(limits("text", {"\"x\" IN ('a', 'b')"}).choices, ElementsAre("a", "b"));
  EXPECT_EQ(limits("text", {"(char_length(x) > 3)"}).shortest, 4u);
  EXPECT_EQ(limits("text", {"(length(x) = 5)"}).longest, 5u);
  EXPECT_EQ(limits("integer", {"(x <> 5)"}).least, std::nullopt);
  EXPECT_EQ(limits("integer", {"x BETWEEN 3 AND 5"}).most, 5);
}

TEST(Limits, OfWhatMustNotBe) {
  EXPECT_THAT(limits("integer", {"(x <> 13)"}).excluded, ElementsAre("13"));
  EXPECT_THAT(limits("text", {"((x)::text <> 'it''s'::text)"}).excluded, ElementsAre("it's"));
  EXPECT_THAT(limits("text", {"(x <> ALL (ARRAY['a'::text, 'b'::text]))"}).excluded,
              ElementsAre("a", "b"));
  EXPECT_THAT(limits("text", {"\"x\" not in ('a', 'b')"}).excluded, ElementsAre("a", "b"));
  EXPECT_TRUE(limits("text", {"(x IS NOT NULL)"}).required);
  EXPECT_THAT(limits("boolean", {"(x IS NOT FALSE)"}).choices, ElementsAre("true"));
  EXPECT_FALSE(limits("boolean", {"(x IS NOT FALSE)"}).required);
}

TEST(Limits, ALongCheckLeavesTheTypeItsLength) {
  EXPECT_EQ(limits("char(8)", {"(length(x) < 1000)"}).longest, 8u);
  EXPECT_EQ(limits("char", {}).longest, 1u);
}

TEST(Limits, AllowWhatIsWithinThem) {
  Limits above = limits("real", {"(x > 0.5)"});
  EXPECT_FALSE(allows(above, "0.10"));
  EXPECT_TRUE(allows(above, "0.60"));
  EXPECT_TRUE(allows(above, std::nullopt));
  EXPECT_FALSE(allows(limits("numeric", {"(x <> (13)::numeric)"}), "13.00"));
  EXPECT_FALSE(allows(limits("text", {"(x IS NOT NULL)"}), std::nullopt));
}

TEST(Limits, ChecksThatCompareColumns) {
  Table one = table("t", {column("a", "integer"), column("b", "integer")});
  one.checks = {{"c", "(b > a)"}, {"d", "\"a\" <= \"b\""}, {"e", "(a > 5)"}};
  EXPECT_THAT(orderings_of(one), ElementsAre(Ordering{"a", "b", true}, Ordering{"a", "b", false}));
}

struct Made {
  std::vector<TableRows> rows = {};  // of each table together
  std::vector<std::string> notes = {};
};

Made make(const Catalog& catalog, const Profile& profile, std::uint64_t seed) {
  Made out;
  auto sink = [&](const TableRows& part) {
    if (out.rows.empty() || out.rows.back().table != part.table)
      out.rows.push_back({part.table, part.columns, {}});
    for (const auto& row : part.rows) out.rows.back().rows.push_back(row);
  };
  out.notes = generate(catalog, profile, seed, {}, sink).notes;
  return out;
}

TEST(Generate, ColumnsAreInTheOrderThatChecksWant) {
  Table one = table("t", {column("a", "integer"), column("b", "integer")});
  one.checks = {{"c", "(b > a)"}};
  Catalog catalog{.tables = {one}};
  Made made = make(catalog, {.rows = 50}, 1);
  for (const auto& row : made.rows[0].rows) EXPECT_LT(std::stoi(*row[0]), std::stoi(*row[1]));
}

TEST(Generate, NumbersFitTheirTypeAndTheirChecks) {
  Table one = table("t", {column("n", "numeric(5, 2)"), column("s", "smallint")});
  one.checks = {{"c", "(n > (1)::numeric)"}, {"d", "(s >= 30000)"}};
  Catalog catalog{.tables = {one}};
  Made made = make(catalog, {.rows = 200}, 1);
  for (const auto& row : made.rows[0].rows) {
    EXPECT_GT(std::stod(*row[0]), 1);
    EXPECT_LT(std::stod(*row[0]), 1000);
    EXPECT_GE(std::stoi(*row[1]), 30'000);
    EXPECT_LE(std::stoi(*row[1]), 32'767);
  }
}

Catalog shop() {
  Table users = table("users",
                      {column("id", "serial", true, true), column("email", "varchar(20)"),
                       column("boss", "integer", false)},
                      {key("boss", "users")});
  users.uniques.push_back({"u", {"email"}});
  Table tags = table("tags", {column("id", "integer", true, true)});
  Table both = table("user_tags", {column("user_id", "integer"), column("tag_id", "integer")},
                     {key("user_id", "users"), key("tag_id", "tags")});
  both.primary_keys.push_back({"pk", {"user_id", "tag_id"}});
  return {.tables = {both, users, tags}};
}

TEST(Generate, KeysAreUniqueAndLeadSomewhere) {
  Made made = make(shop(), {.rows = 20}, 1);
  ASSERT_THAT(made.rows, SizeIs(3));
  EXPECT_THAT(made.notes, IsEmpty());
  const TableRows& users = made.rows[0];
  std::set<Value> ids, emails;
  for (const auto& row : users.rows) {
    if (row[2]) {
      EXPECT_TRUE(ids.contains(row[2])) << "a boss who is not there yet";
    }
    ids.insert(row[0]);
    emails.insert(row[1]);
    EXPECT_LE(row[1]->size(), 20u);
  }
  EXPECT_THAT(ids, SizeIs(20));
  EXPECT_THAT(emails, SizeIs(20));
  std::set<std::vector<Value>> pairs;
  for (const auto& row : made.rows[2].rows) {
    EXPECT_TRUE(ids.contains(row[0]));
    pairs.insert(row);
  }
  EXPECT_THAT(pairs, SizeIs(20));
}

TEST(Generate, IsTheSameForTheSameSeedOnly) {
  EXPECT_EQ(make(shop(), {}, 5).rows[0].rows, make(shop(), {}, 5).rows[0].rows);
  EXPECT_NE(make(shop(), {}, 5).rows[0].rows, make(shop(), {}, 6).rows[0].rows);
}

TEST(Generate, SaysWhereNoMoreRowsDiffer) {
  Made made = make(shop(), {.rows = 3, .of = {{"user_tags", 50}}}, 1);
  EXPECT_THAT(made.rows[2].rows, SizeIs(9));
  EXPECT_THAT(made.notes, ElementsAre("user_tags: no more than 9 rows differ in their keys"));
}

Made of_one(Table table, std::size_t rows = 30) {
  return make({.tables = {std::move(table)}}, {.rows = rows}, 1);
}

TEST(Generate, ANumberThatACheckForbidsIsLeftOut) {
  Table one = table("t", {column("id", "integer", true, true)});
  one.checks = {{"c", "(id <> 13)"}};
  Made made = of_one(one);
  EXPECT_THAT(made.notes, IsEmpty());
  ASSERT_THAT(made.rows[0].rows, SizeIs(30));
  for (const auto& row : made.rows[0].rows) EXPECT_NE(row[0], "13");
}

TEST(Generate, NullIsOneValueWhereNullsAreNotDistinct) {
  Table one = table("t", {column("a", "integer", false)}, {key("a", "t")});
  one.foreign_keys[0].target_columns = {"a"};
  one.uniques.push_back({"u", {"a"}, true});
  EXPECT_THAT(of_one(one).rows[0].rows, SizeIs(1));
}

TEST(Generate, AReferenceIsOnlyToWhatItsOwnCheckAllows) {
  Table one = table("a", {column("id", "integer", true, true)});
  Table other = table("b", {column("a", "integer")}, {key("a", "a")});
  other.checks = {{"c", "(a > 20)"}};
  Made made = make({.tables = {one, other}}, {.rows = 30}, 1);
  ASSERT_THAT(made.rows[1].rows, SizeIs(30));
  for (const auto& row : made.rows[1].rows) EXPECT_GT(std::stoi(*row[0]), 20);
}

TEST(Generate, RangesAndIntervalsAreNoIntegers) {
  Made made = of_one(table(
      "t", {column("r", "int4range"), column("i", "interval day"), column("m", "int8multirange")}));
  const std::vector<Value>& row = made.rows[0].rows[0];
  EXPECT_TRUE(row[0]->starts_with('['));
  EXPECT_TRUE(row[1]->ends_with(" days"));
  EXPECT_TRUE(row[2]->starts_with("{["));
}

TEST(Generate, ArraysHoldWhatTheirElementsMayBe) {
  Catalog catalog{.tables = {table("t", {column("moods", "mood[]")})}};
  catalog.enums.push_back({.path = {"public", "mood"}, .values = {"glad"}});
  std::vector<std::vector<Value>> rows = make(catalog, {.rows = 5}, 1).rows[0].rows;
  ASSERT_THAT(rows, SizeIs(5));
  EXPECT_TRUE(rows[0][0]->starts_with("{\"glad\""));
}

TEST(Generate, ATypeThatNobodyKnowsIsLeftToItsDefaultOrNamed) {
  Table one = table("t", {column("id", "integer", true, true), column("x", "ltree", false)});
  EXPECT_THAT(of_one(one).rows[0].columns, ElementsAre(Name("id")));
  one.columns[1].not_null = true;
  EXPECT_THROW(of_one(one), Error);
  EXPECT_THAT(of_one(one, 0).rows, IsEmpty());
}

TEST(Generate, RefusesTablesThatNeedEachOther) {
  Catalog catalog{
      .tables = {table("a", {column("id", "integer", true, true), column("b", "integer")},
                       {key("b", "b")}),
                 table("b", {column("id", "integer", true, true), column("a", "integer")},
                       {key("a", "a")})}};
  EXPECT_THROW(make(catalog, {}, 1), Error);
}

// --- profiles ----------------------------------------------------------------

Catalog people_and_notes() {
  return {.tables = {table("people", {column("id", "integer", true, true), column("state", "text"),
                                      column("age", "integer", false)}),
                     table("notes", {column("id", "integer", true, true), column("by", "integer")},
                           {key("by", "people")})}};
}

TEST(Profile, SaysHowManyRowsThereAreAndHowValuesAreSpread) {
  Profile profile = parse_profile(
      R"({"rows": 400, "tables": {
        "people": {"rows": 200, "columns": {
          "state": {"values": {"new": 3, "old": 1, "never": 0}},
          "age": {"min": 20, "max": 29, "curve": "normal", "nulls": 0.5}}},
        "notes": {"columns": {"by": {"curve": "skewed"}}}}})",
      "profile.json");
  Catalog catalog = people_and_notes();
  require_known(profile, catalog);
  Made made = make(catalog, profile, 1);
  ASSERT_THAT(made.rows, SizeIs(2));
  EXPECT_THAT(made.rows[0].rows, SizeIs(200));
  EXPECT_THAT(made.rows[1].rows, SizeIs(400));

  int recent = 0, unknown = 0, middle = 0;
  for (const auto& row : made.rows[0].rows) {
    ASSERT_THAT(*row[1], ::testing::AnyOf("new", "old"));
    recent += *row[1] == "new";
    unknown += !row[2];
    if (!row[2]) continue;
    ASSERT_THAT(std::stoi(*row[2]), ::testing::AllOf(::testing::Ge(20), ::testing::Le(29)));
    middle += std::stoi(*row[2]) >= 23 && std::stoi(*row[2]) <= 26;
  }
  EXPECT_NEAR(recent, 150, 25);
  EXPECT_NEAR(unknown, 100, 25);
  EXPECT_GT(middle, (200 - unknown) / 2);

  int first_tenth = 0;
  for (const auto& row : made.rows[1].rows) first_tenth += std::stoi(*row[1]) <= 20;
  EXPECT_GT(first_tenth, 100);
}

TEST(Profile, WhatIsWrongIsNamed) {
  auto refusal = [](const char* text) {
    try {
      require_known(parse_profile(text, "profile.json"), people_and_notes());
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_THAT(refusal("[1"), ::testing::HasSubstr("not valid JSON"));
  EXPECT_EQ(refusal(R"({"row": 1})"), "profile.json: the file has no row");
  EXPECT_EQ(refusal(R"({"tables": {"people": {"rows": -1}}})"),
            "profile.json: people.rows is no number of rows");
  EXPECT_EQ(refusal(R"({"tables": {"person": {"rows": 1}}})"), "there is no table person");
  EXPECT_EQ(refusal(R"({"tables": {"people": {"columns": {"name": {"nulls": 1}}}}})"),
            "people has no column name");
  EXPECT_EQ(refusal(R"({"tables": {"people": {"columns": {"age": {"curve": "flat"}}}}})"),
            "profile.json: people.age.curve is no curve");
  EXPECT_EQ(refusal(R"({"tables": {"people": {"columns": {"age": {"min": 3}}}}})"),
            "profile.json: people.age needs a min and a max that is not below it");
  EXPECT_EQ(refusal(R"({"tables": {"people": {"columns": {"state": {"min": 1, "max": 2}}}}})"),
            "people.state: min and max are for numbers, and it is text");
  EXPECT_EQ(refusal(R"({"tables": {"people": {"columns": {"state": {"nulls": 0.1}}}}})"),
            "people.state: it may not be NULL");
  EXPECT_EQ(refusal(R"({"tables": {"notes": {"columns": {"by": {"values": {"1": 1}}}}}})"),
            "notes.by: its values are those of the table that it refers to");
}

}  // namespace
}  // namespace tidemark::seed
