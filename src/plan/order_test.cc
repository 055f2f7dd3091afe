#include "plan/order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

using testing::ElementsAre;

Draft draft(const char* sql, int rank) {
  return {.statement = {.sql = sql}, .step = Step::add_column, .rank = rank};
}

std::vector<std::string> order(std::vector<Draft> drafts) {
  std::vector<std::string> texts;
  for (const Draft& it : in_order(std::move(drafts))) texts.push_back(it.statement.sql);
  return texts;
}

TEST(Order, WithoutDependenciesRankDecidesAndEqualsStay) {
  EXPECT_THAT(order({draft("c", 2), draft("a", 1), draft("d", 2), draft("b", 1)}),
              ElementsAre("a", "b", "c", "d"));
}

TEST(Order, OnlyWhatWaitsLeavesItsPlace) {
  Draft drop_table = draft("drop table", 1), drop_key = draft("drop key", 3);
  drop_table.drops = {"table"};
  drop_key.releases = {"table"};
  EXPECT_THAT(order({drop_table, draft("x", 2), drop_key, draft("y", 4)}),
              ElementsAre("x", "drop key", "drop table", "y"));
}

TEST(Order, MakersRunBeforeThoseInNeed) {
  Draft view = draft("view", 1), base = draft("base", 2);
  view.needs = {"base"};
  base.makes = {"base"};
  EXPECT_THAT(order({view, base}), ElementsAre("base", "view"));
}

TEST(Order, ANameIsLeftBeforeItIsTakenAgain) {
  Draft make = draft("make", 1), drop = draft("drop", 2);
  make.makes = {"name"};
  drop.drops = {"name"};
  EXPECT_THAT(order({make, drop}), ElementsAre("drop", "make"));
}

TEST(Order, AGroupStaysTogether) {
  Draft first = draft("first", 1), second = draft("second", 3);
  first.group = second.group = 1;
  EXPECT_THAT(order({first, draft("x", 2), second}), ElementsAre("first", "second", "x"));
}

TEST(Order, ACircleIsCutByRank) {
  Draft a = draft("a", 1), b = draft("b", 2);
  a.makes = b.needs = {"1"};
  b.makes = a.needs = {"2"};
  EXPECT_THAT(order({a, b}), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace tidemark
