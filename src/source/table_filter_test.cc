#include "source/table_filter.h"

#include <gtest/gtest.h>

#include <vector>

namespace tidemark {
namespace {

using Patterns = std::vector<std::string>;

TEST(TableFilter, WithoutPatternsKeepsEverything) { EXPECT_TRUE(passes_filter("users", {})); }

TEST(TableFilter, KeepsWhatAPatternMatches) {
  EXPECT_TRUE(passes_filter("app_users", Patterns{"app_*"}));
  EXPECT_FALSE(passes_filter("users", Patterns{"app_*"}));
}

TEST(TableFilter, ANegatedPatternKeepsAllOthers) {
  EXPECT_TRUE(passes_filter("users", Patterns{"!cluster_*"}));
  EXPECT_FALSE(passes_filter("cluster_a", Patterns{"*", "!cluster_*"}));
}

TEST(TableFilter, ANegatedPatternAddsNothingToThoseThatName) {
  EXPECT_TRUE(passes_filter("app_users", Patterns{"app_*", "!app_old"}));
  EXPECT_FALSE(passes_filter("app_old", Patterns{"app_*", "!app_old"}));
  EXPECT_FALSE(passes_filter("users", Patterns{"app_*", "!app_old"}));
}

}  // namespace
}  // namespace tidemark
