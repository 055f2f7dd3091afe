#include "studio/passes.h"

#include <gtest/gtest.h>

namespace tidemark::studio {
namespace {

using namespace std::chrono_literals;

TEST(Passes, ALinkOpensOnce) {
  Passes passes;
  std::string link = passes.new_link();

  auto session = passes.open(link);

  ASSERT_TRUE(session);
  EXPECT_TRUE(passes.lets_in(session->cookie, session->token));
  EXPECT_FALSE(passes.open(link));
  EXPECT_FALSE(passes.open(""));
  EXPECT_FALSE(passes.open("0"));
}

TEST(Passes, CookieAndTokenAreBothNeeded) {
  Passes passes;
  auto one = passes.open(passes.new_link()), other = passes.open(passes.new_link());

  EXPECT_FALSE(passes.lets_in(one->cookie, ""));
  EXPECT_FALSE(passes.lets_in("", one->token));
  EXPECT_FALSE(passes.lets_in(one->cookie, other->token));
  EXPECT_FALSE(passes.lets_in(one->token, one->cookie));
}

TEST(Passes, ATabThatIsLoadedAgainGetsATokenForItsCookie) {
  Passes passes;
  auto session = passes.open(passes.new_link());

  auto again = passes.reopen(session->cookie);

  ASSERT_TRUE(again);
  EXPECT_NE(again->token, session->token);
  EXPECT_TRUE(passes.lets_in(session->cookie, session->token));
  EXPECT_TRUE(passes.lets_in(session->cookie, again->token));
  EXPECT_FALSE(passes.reopen("another"));
}

TEST(Passes, LinksAndSessionsEnd) {
  Passes::Clock::time_point now{};
  Passes passes([&] { return now; });
  std::string early = passes.new_link();
  now += 2h;
  EXPECT_FALSE(passes.open(early));
  auto session = passes.open(passes.new_link());
  for (int hour = 0; hour < 12; ++hour, now += 1h)
    EXPECT_TRUE(passes.lets_in(session->cookie, session->token));
  now += 1h;
  EXPECT_FALSE(passes.lets_in(session->cookie, session->token));
  EXPECT_FALSE(passes.reopen(session->cookie));
}

TEST(Passes, ASessionThatNobodyUsesEnds) {
  Passes::Clock::time_point now{};
  Passes passes([&] { return now; });
  auto used = passes.open(passes.new_link()), left = passes.open(passes.new_link());

  now += 90min;
  EXPECT_TRUE(passes.lets_in(used->cookie, used->token));
  EXPECT_FALSE(passes.lets_in(left->cookie, used->token));  // a guess is no use
  now += 45min;

  EXPECT_TRUE(passes.lets_in(used->cookie, used->token));
  EXPECT_FALSE(passes.lets_in(left->cookie, left->token));
  EXPECT_FALSE(passes.knows(left->cookie));
}

}  // namespace
}  // namespace tidemark::studio
