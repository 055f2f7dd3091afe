#include "dialect/mentions.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

TEST(Mentions, FindsQuotedAndBareNames) {
  EXPECT_TRUE(mentions("\"users\".\"age\" > 18", "age"));
  EXPECT_TRUE(mentions("lower(Email)", "email"));
  EXPECT_TRUE(mentions("`a``b` = 1", "a`b"));
}

TEST(Mentions, AWordInsideAnotherIsNotTheName) { EXPECT_FALSE(mentions("page > 1", "age")); }

TEST(Mentions, TextInsideStringsAndCommentsDoesNotCount) {
  EXPECT_FALSE(mentions("kind = 'it''s age' -- age\n", "age"));
}

TEST(Mentions, AReservedWordIsANameInQuotesOnly) {
  EXPECT_FALSE(mentions("select age from users", "select"));
  EXPECT_TRUE(mentions("select age from \"select\"", "select"));
}

TEST(Mentions, AQuotedNameKeepsItsCase) { EXPECT_FALSE(mentions("\"Age\" > 1", "age")); }

}  // namespace
}  // namespace tidemark
