#include "base/text_edits.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

std::string numbers(int last) {
  std::string out;
  for (int i = 1; i <= last; ++i) out += std::to_string(i) + "\n";
  return out;
}

TextEdit replace(std::string_view text, std::string_view what, std::string with) {
  std::size_t at = text.find(what);
  return {at, at + what.size(), std::move(with)};
}

TEST(TextEdits, KeepsTheFirstOfTwoChangesOfTheSameBytes) {
  TextEdits edits;
  EXPECT_TRUE(edits.add({1, 3, "x"}));
  EXPECT_FALSE(edits.add({2, 4, "y"}));
  EXPECT_FALSE(edits.add({0, 2, "y"}));
  EXPECT_TRUE(edits.add({3, 3, "a"}));
  EXPECT_TRUE(edits.add({3, 3, "b"}));
  EXPECT_TRUE(edits.add({1, 1, "<"}));
  EXPECT_EQ(edits.applied_to("012345"), "0<xab345");
}

TEST(TextEdits, TheDiffHasThreeLinesAroundAChange) {
  std::string text = numbers(9);
  TextEdits edits;
  edits.add(replace(text, "5", "five"));
  EXPECT_EQ(edits.unified_diff(text, "a.ts"),
            "--- a.ts\n+++ a.ts\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(TextEdits, ChangesThatAreNearShareAHunkAndLaterOnesKnowHowFarLinesMoved) {
  std::string text = numbers(30);
  TextEdits edits;
  edits.add(replace(text, "2\n", ""));
  edits.add(replace(text, "8\n", "8\n8b\n8c\n"));
  edits.add(replace(text, "25", "x"));
  EXPECT_EQ(edits.unified_diff(text, "n"),
            "--- n\n+++ n\n"
            "@@ -1,11 +1,12 @@\n 1\n-2\n 3\n 4\n 5\n 6\n 7\n 8\n+8b\n+8c\n 9\n 10\n 11\n"
            "@@ -22,7 +23,7 @@\n 22\n 23\n 24\n-25\n+x\n 26\n 27\n 28\n");
}

TEST(TextEdits, TheDiffKnowsEmptyTextsAndEndsWithoutALineEnd) {
  TextEdits edits;
  edits.add({0, 0, "a\n"});
  EXPECT_EQ(edits.unified_diff("", "n"), "--- n\n+++ n\n@@ -0,0 +1,1 @@\n+a\n");
  TextEdits end;
  end.add({1, 1, "\nb\n"});
  EXPECT_EQ(end.unified_diff("a", "n"),
            "--- n\n+++ n\n@@ -1,1 +1,2 @@\n-a\n\\ No newline at end of file\n+a\n+b\n");
}

TEST(TextEdits, ChangesThatChangeNothingGiveNoDiff) {
  TextEdits edits;
  edits.add({0, 1, "a"});
  EXPECT_EQ(edits.unified_diff("a\n", "n"), "");
}

}  // namespace
}  // namespace tidemark
