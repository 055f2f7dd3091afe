// Checks are understood, told, and met.
#include "seed/checks.h"

#include <gmock/gmock.h>

#include <regex>

#include "seed/expression.h"
#include "seed/moments.h"
#include "seed/pattern.h"

namespace tidemark::seed {
namespace {

using ::testing::ElementsAre;

TEST(Expression, IsTheSameHoweverADatabasePrintsIt) {
  auto same = [](const char* one, const char* other) {
    return parse_expression(one) && parse_expression(one) == parse_expression(other);
  };
  EXPECT_TRUE(same("((x)::text = ANY ((ARRAY['a'::character varying, 'b'::text])::text[]))",
                   "x IN ('a', 'b')"));
  EXPECT_TRUE(same("(x <> ALL (ARRAY[1, 2]))", "x <> 1 and x <> 2"));
  EXPECT_TRUE(same("(x !~~ '%a'::text)", "\"t\".\"x\" not like '%a'"));
  EXPECT_TRUE(same("((x >= ('-5'::integer)::numeric) AND (x <= 7.5))", "x between -5 and 7.5"));
  EXPECT_TRUE(same("(POSITION(('@'::text) IN (x)) > 1)", "strpos(x, '@') > 1"));
  EXPECT_TRUE(same("(x < (CURRENT_DATE - '18 years'::interval))", "x < now() - '18 years'"));
  EXPECT_FALSE(parse_expression("CASE x WHEN 1 THEN y END"));
  EXPECT_FALSE(parse_expression("'a' = ANY (x)"));
  EXPECT_FALSE(parse_expression("x >"));
}

Truth told(const char* check, const Value& x, Engine engine = Engine::postgresql) {
  return Evaluator(engine).truth(*parse_expression(check), [&](const std::string& name) {
    return name == "x" ? &x : nullptr;
  });
}

TEST(Evaluator, KnowsNullAndWhatItCannotTell) {
  EXPECT_EQ(told("x > 5", "10"), Truth::yes);
  EXPECT_EQ(told("x > 5", std::nullopt), Truth::null);
  EXPECT_EQ(told("x > 5 or y > 5", "4"), Truth::puzzle);
  EXPECT_EQ(told("x > 5 or y > 5", "6"), Truth::yes);
  EXPECT_EQ(told("x > 5 and y > 5", "4"), Truth::no);
  EXPECT_EQ(told("x = reverse(x)", "abba"), Truth::puzzle);
  EXPECT_EQ(told("not (x is null)", std::nullopt), Truth::no);
  EXPECT_EQ(told("x like 'A%'", "abc"), Truth::no);
  EXPECT_EQ(told("x like 'A%'", "abc", Engine::sqlite), Truth::yes);
  EXPECT_EQ(told("x ~ '^\\d+$'", "12"), Truth::yes);
  EXPECT_EQ(told("x ~ '(?i)a'", "A"), Truth::puzzle);
  EXPECT_EQ(told("x in (13)", "13.00"), Truth::yes);
  EXPECT_EQ(told("x = true", "f"), Truth::no);
}

TEST(Evaluator, IsSureOfNowOnlyWhereItIsSoForLong) {
  EXPECT_EQ(told("x < now()", "2025-12-31 10:00:00"), Truth::yes);
  EXPECT_EQ(told("x > now()", "2120-01-01 00:00:00"), Truth::yes);
  EXPECT_EQ(told("x < now()", "2050-01-01 00:00:00"), Truth::no);
  EXPECT_EQ(told("x > now()", "2050-01-01 00:00:00"), Truth::no);
  EXPECT_EQ(told("x < now() - '20 years'", "2010-01-01"), Truth::no);
}

TEST(Pattern, MakesWhatMatches) {
  Dice dice(1);
  for (const char* regex :
       {R"(^\d{5}(-\d{4})?$)", "^[A-Z]{3}$", "^(new|old)+_?x*$", R"(^[^@\s]+@[\w.-]+\.com$)",
        "^[[:upper:]][[:alpha:][:digit:]]{2,}$", "^a{0,2}b{3}$", "x|y", R"(^\(\d\)$)"}) {
    std::optional<Pattern> pattern = Pattern::parse(regex);
    ASSERT_TRUE(pattern) << regex;
    for (int i = 0; i < 100; ++i) {
      std::string text;
      pattern->append(dice, text);
      EXPECT_TRUE(std::regex_search(text, std::regex(regex))) << regex << ": " << text;
    }
  }
  for (const char* odd : {"(?=a)b", R"((a)\1)", "[a", "*a", "a{2"})
    EXPECT_FALSE(Pattern::parse(odd)) << odd;
}

TEST(Pattern, OtherPatternsAreRegularExpressionsToo) {
  EXPECT_EQ(regex_of_like("a_.%\\%"), R"(^a[\s\S]\.[\s\S]*%$)");
  EXPECT_EQ(regex_of_glob("[a.]?*."), R"(^[a.]..*\.$)");
  EXPECT_EQ(regex_of_similar("(a|b)%_.[%]"), R"(^(?:(a|b).*.\.[%])$)");
}

TEST(Moments, AreReadAndWritten) {
  EXPECT_EQ(moment_text(*moment_of("2024-02-29 13:05")), "2024-02-29 13:05:00");
  EXPECT_FALSE(moment_of("2023-02-29"));
  EXPECT_FALSE(moment_of("12"));
  EXPECT_EQ(interval_of("1 day 02:00:00"), std::chrono::hours(26));
  EXPECT_EQ(interval_of("-2 hours"), std::chrono::hours(-2));
  EXPECT_FALSE(interval_of("2 moons"));
  EXPECT_EQ(time_text(*time_of("08:30")), "08:30:00");
}

}  // namespace
}  // namespace tidemark::seed
