#include "folder/conflict.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

TEST(Conflict, GivesTheTextOfEitherSide) {
  auto sides = split_conflict(
      "a\n<<<<<<< HEAD\nours\n||||||| base\nold\n=======\ntheirs\n>>>>>>> main\nb\n"
      "<<<<<<< HEAD\n=======\nmore\n>>>>>>> main\n");
  ASSERT_TRUE(sides);
  EXPECT_EQ(sides->first, "a\nours\nb\n");
  EXPECT_EQ(sides->second, "a\ntheirs\nb\nmore\n");
  EXPECT_EQ(sides->first_label, "HEAD");
  EXPECT_EQ(sides->second_label, "main");
}

TEST(Conflict, IsNotInATextWithoutMarks) {
  EXPECT_FALSE(split_conflict("=======\n-- <<<<<<< no\n"));
  EXPECT_FALSE(split_conflict(""));
}

TEST(Conflict, KeepsALastLineWithoutItsEnd) {
  auto sides = split_conflict("<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> main\n}");
  ASSERT_TRUE(sides);
  EXPECT_EQ(sides->first, "1\n}");
  EXPECT_EQ(sides->second, "2\n}");
}

}  // namespace
}  // namespace tidemark
