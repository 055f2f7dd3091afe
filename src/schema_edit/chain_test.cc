#include "schema_edit/chain.h"

#include <gtest/gtest.h>

namespace tidemark::schema_edit {
namespace {

std::string merge(const std::string& own, const std::string& before, const std::string& after) {
  return merged(chain_of_pair("a: " + own), chain_of_pair("a: " + before),
                chain_of_pair("a: " + after))
      .text();
}

TEST(Chain, KeepsWhatSaysTheSameInTheWordsOfItsAuthor) {
  EXPECT_EQ(merge("text('a')\n  .$type<A>()\n  .notNull()", "text().notNull()",
                  "text().notNull().default(\"x\")"),
            "text('a')\n  .$type<A>()\n  .notNull().default(\"x\")");
}

TEST(Chain, ReplacesAndDropsWhatIsDifferent) {
  EXPECT_EQ(merge("timestamp('a').defaultNow().notNull()",
                  "timestamp().default(sql`now()`).notNull()", "timestamp().default('x')"),
            "timestamp('a').default('x')");
  EXPECT_EQ(merge("uuid().primaryKey().references(() => b.id)", "uuid().primaryKey()", "uuid()"),
            "uuid().references(() => b.id)");
}

TEST(Chain, ANewTypeKeepsTheOtherCalls) {
  EXPECT_EQ(merge("text('a').unique()", "text()", "integer().array()"),
            "integer().array().unique()");
  EXPECT_EQ(merge("integer('a').generatedAlwaysAsIdentity()",
                  "integer().generatedAlwaysAsIdentity({ name: \"s\" })",
                  "integer().generatedByDefaultAsIdentity({ name: \"s\" })"),
            "integer('a').generatedByDefaultAsIdentity({ name: \"s\" })");
}

}  // namespace
}  // namespace tidemark::schema_edit
