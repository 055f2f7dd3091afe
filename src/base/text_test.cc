#include "base/text.h"

#include <gtest/gtest.h>

#include "base/error_message.h"

namespace tidemark {
namespace {

TEST(DidYouMean, FindsTheNearestAndStaysQuietOtherwise) {
  std::vector<std::string> known = {"users", "posts", "comments"};
  EXPECT_EQ(did_you_mean("user", known), "users");
  EXPECT_EQ(did_you_mean("Commments", known), "comments");
  EXPECT_EQ(did_you_mean("invoices", known), "");
}

TEST(Split, KeepsEmptyParts) {
  EXPECT_EQ(split("a--b----", "--"), (std::vector<std::string>{"a", "b", "", ""}));
}

TEST(RangeAt, CountsLinesAndColumnsFromOne) {
  SourceRange range = range_at("f.ts", "one\ntwo\nthree", 6);
  EXPECT_EQ(range.line, 2u);
  EXPECT_EQ(range.column, 3u);
  EXPECT_EQ(range.line_text, "two");
}

TEST(ErrorMessage, ShowsTheLineACaretAndTheHint) {
  Error error = Error(Fault::failed, "table \"user\" does not exist")
                    .at(range_at("schema.ts", "\tuser.id", 1, 4))
                    .hint("did you mean \"users\"?");
  EXPECT_EQ(error_message(error, false),
            "error: table \"user\" does not exist\n"
            "  --> schema.ts:1:2\n"
            " 1 | \tuser.id\n"
            "   | \t^^^^\n"
            "  help: did you mean \"users\"?\n");
}

}  // namespace
}  // namespace tidemark
