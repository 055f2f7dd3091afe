// What is told by looking alone.
#include <gtest/gtest.h>

#include "source/live/postgres/reading.h"
#include "source/live/postgres/same_tree.h"
#include "source/live/postgres/settle_postgres.h"

namespace tidemark::postgres_live {
namespace {

TEST(TypeText, IsWrittenAsInSnapshots) {
  EXPECT_EQ(type_text("character varying(20)"), "varchar(20)");
  EXPECT_EQ(type_text("character(3)"), "char(3)");
  EXPECT_EQ(type_text("timestamp without time zone"), "timestamp");
  EXPECT_EQ(type_text("timestamp(3) with time zone"), "timestamp (3) with time zone");
  EXPECT_EQ(type_text("time(6) without time zone"), "time(6)");
  EXPECT_EQ(type_text("numeric(10,2)"), "numeric(10, 2)");
  EXPECT_EQ(type_text("extensions.vector(3)"), "vector(3)");
  EXPECT_EQ(type_text("public.\"Odd Type\""), "Odd Type");
  EXPECT_EQ(type_text("\"char\""), "\"char\"");
}

TEST(SameType, IsSureOfSpellingOnly) {
  EXPECT_TRUE(same_type_text("timestamp (3)", "timestamp(3)"));
  EXPECT_TRUE(same_type_text("numeric(10, 0)", "numeric(10)"));
  EXPECT_TRUE(same_type_text("char(1)", "char"));
  EXPECT_TRUE(same_type_text("integer[][]", "integer[3][4]"));
  EXPECT_FALSE(same_type_text("numeric(10, 2)", "numeric(10)"));
  EXPECT_FALSE(same_type_text("varchar(20)", "varchar(2)"));
  EXPECT_FALSE(same_type_text("integer[]", "integer"));
}

TEST(SameDefault, ForgetsTheTypeOfAConstantOnly) {
  auto same = [](const char* live, const char* wanted) {
    return same_default(Literal{live}, Literal{wanted});
  };
  EXPECT_TRUE(same("'a'::text", "'a'"));
  EXPECT_TRUE(same("'it''s'::character varying", "'it''s'"));
  EXPECT_TRUE(same("'{}'::text[]", "'{}'"));
  EXPECT_TRUE(same("0", "0"));
  EXPECT_FALSE(same("'a'::text", "'A'"));
  EXPECT_FALSE(same("'1'::text || 'a'::text", "'1'"));
  EXPECT_FALSE(same("now()", "clock_timestamp()"));
}

TEST(PlainDefault, IsABareNumberOnlyWhereJavaScriptKeepsIt) {
  auto plain = [](const char* text, const char* type) {
    return plain_default({.name = "a", .type = {type}, .default_value = Literal{text}});
  };
  EXPECT_EQ(plain("'a'::text", "text"), (Literal{"'a'"}));
  EXPECT_EQ(plain("9.5", "numeric"), (Literal{"9.5", false}));
  EXPECT_EQ(plain("12.50", "numeric"), (Literal{"12.50"}));
  EXPECT_EQ(plain("12345678901234567890", "numeric"), (Literal{"12345678901234567890"}));
  EXPECT_EQ(plain("true", "boolean"), (Literal{"true", false}));
  EXPECT_EQ(plain("'{}'::jsonb", "jsonb"), (Literal{"'{}'::jsonb"}));
  EXPECT_EQ(plain("now()", "date"), (Literal{"now()"}));
}

TEST(SameExpression, IsOneParseTree) {
  auto same = [](const char* live, const char* wanted) {
    return same_expression(live, wanted, {"public", "users"});
  };
  EXPECT_TRUE(same("(age > 0)", R"("users"."age">0)"));
  EXPECT_TRUE(same("((age > 0) AND (age < 150))", "public.users.age > 0 and age < 150"));
  EXPECT_TRUE(same("lower(email)", R"(LOWER("email"))"));
  EXPECT_TRUE(same("CURRENT_TIMESTAMP", "current_timestamp"));
  EXPECT_TRUE(same("(a)::character varying(20)", "cast(a as varchar(20))"));
  EXPECT_TRUE(same("'it''s'", "e'it\\'s'"));
  EXPECT_FALSE(same("(age > 0)", "age >= 0"));
  EXPECT_FALSE(same("(age > 0)", "others.age > 0"));
  EXPECT_FALSE(same("(age > 0)", R"("AGE" > 0)"));
  EXPECT_FALSE(same("(a = 'x'::text)", "a = 'x'")) << "the server has to be asked which type";
  EXPECT_FALSE(same("((a OR b) AND c)", "a or b and c"));
  EXPECT_FALSE(same("(a > 0)", "a > ")) << "no SQL";
  EXPECT_FALSE(same("0", "-7"));
  EXPECT_FALSE(same("(a > '-5'::integer)", "a > -5"));
  EXPECT_FALSE(same("(a > (-5))", "a > -6"));
  EXPECT_FALSE(same("(a > (- 5))", "a > 0"));
  EXPECT_TRUE(same("(a >= 0)", "a >= 0"));
  EXPECT_FALSE(same("(a > '-1.5'::numeric)", "a > -1.5"));
  EXPECT_TRUE(same("(a > (-1.5))", "a > -1.5"));
  EXPECT_TRUE(same("a > ", "a > ")) << "equal without being understood";
}

TEST(SameExpression, TellsTheTableOfAColumnInASubquery) {
  auto same = [](const char* live, const char* wanted) {
    return same_expression(live, wanted, {"public", "users"});
  };
  const char* outer = "exists (select 1 from teams where teams.owner = users.id)";
  EXPECT_FALSE(same(outer, "exists (select 1 from teams where teams.owner = id)"));
  EXPECT_TRUE(same(outer, "(EXISTS ( SELECT 1 FROM teams WHERE (teams.owner = users.id)))"));
}

TEST(SameStatement, SetsTheTableOfAnIndexAside) {
  Path table{"app", "users"};
  const char* live = "CREATE INDEX i ON t USING btree (lower(email)) WHERE (age > 0)";
  const char* wanted = R"(CREATE INDEX i ON t USING btree (lower("app"."users"."email")) )"
                       R"(WHERE "users"."age" > 0)";
  EXPECT_TRUE(same_statement(live, wanted, &table));
  EXPECT_FALSE(same_statement(live, wanted));
}

TEST(KeptName, IsCutBetweenCharacters) {
  EXPECT_EQ(kept_name("short"), "short");
  EXPECT_EQ(kept_name(std::string(70, 'x')), std::string(63, 'x'));
  EXPECT_EQ(kept_name(std::string(62, 'x') + "ä"), std::string(62, 'x'));
}

TEST(SettleShape, ACutNameTheOrderOfAKeyAndNotNullInItAreNoDifference) {
  std::string longer(70, 'x');
  Catalog wanted{.tables = {{.path = {"public", "t"},
                             .columns = {{.name = "a", .type = {"integer"}},
                                         {.name = "b", .type = {"integer"}}}}}};
  wanted.tables[0].primary_keys = {{.name = "t_a_b_pk", .columns = {"a", "b"}}};
  wanted.tables[0].checks = {{.name = Name(longer), .expression = "a > 0"}};
  Catalog live = wanted;
  for (Column& column : live.tables[0].columns) column.not_null = true;
  live.tables[0].primary_keys[0].name = "t_pkey";
  live.tables[0].checks[0].name = Name(kept_name(longer));
  settle_shape(live, wanted);
  EXPECT_EQ(live, wanted);

  std::swap(live.tables[0].primary_keys[0].columns[0], live.tables[0].primary_keys[0].columns[1]);
  settle_shape(live, wanted);
  EXPECT_NE(live, wanted) << "the order of a key's columns is part of it";
}

TEST(SettleShape, AVirtualColumnIsTheGeneratedOneThatASchemaCanSay) {
  Column column{.name = "a", .type = {"integer"}, .generated = Generated{.expression = "b * 2"}};
  Catalog wanted{.tables = {{.path = {"public", "t"}, .columns = {column}}}};
  Catalog live = wanted;
  live.tables[0].columns[0].generated->storage = Generated::Storage::virtual_;
  settle_shape(live, wanted);
  EXPECT_EQ(live, wanted);
}

}  // namespace
}  // namespace tidemark::postgres_live
