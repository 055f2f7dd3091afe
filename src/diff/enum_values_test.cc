#include "diff/enum_values.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

using Values = std::vector<std::string>;

TEST(EnumValues, EqualListsNeedNothing) {
  EnumValuesDiff diff = enum_values_diff(Values{"a", "b"}, Values{"a", "b"});
  EXPECT_TRUE(diff.inserted.empty());
  EXPECT_TRUE(diff.only_inserted);
}

TEST(EnumValues, AValueAtTheEndGoesBeforeNothing) {
  EnumValuesDiff diff = enum_values_diff(Values{"a"}, Values{"a", "b"});
  EXPECT_EQ(diff.inserted, (std::vector<InsertedValue>{{"b", ""}}));
}

TEST(EnumValues, ValuesInTheMiddleGoBeforeTheNextThatStays) {
  EnumValuesDiff diff = enum_values_diff(Values{"1", "4"}, Values{"1", "2", "3", "4", "5"});
  EXPECT_EQ(diff.inserted, (std::vector<InsertedValue>{{"2", "4"}, {"3", "4"}, {"5", ""}}));
  EXPECT_TRUE(diff.only_inserted);
}

TEST(EnumValues, AMissingValueIsNotOnlyAnInsertion) {
  EXPECT_FALSE(enum_values_diff(Values{"a", "b"}, Values{"a", "c"}).only_inserted);
}

TEST(EnumValues, TwoValuesThatChangedPlacesAreNotOnlyAnInsertion) {
  EXPECT_FALSE(enum_values_diff(Values{"a", "b"}, Values{"b", "a"}).only_inserted);
}

}  // namespace
}  // namespace tidemark
