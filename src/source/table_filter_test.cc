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

}  // namespace
}  // namespace tidemark
