#include "studio/lane.h"

#include <gtest/gtest.h>

#include <future>

#include "tests/servers/database.h"

namespace tidemark::studio {
namespace {

class LaneTest : public ::testing::Test {
 protected:
  /// What becomes of a statement: "" or why it failed.
  std::future<std::string> run(const std::string& sql, const std::string& id) {
    auto said = std::make_shared<std::promise<std::string>>();
    lane_.post(
        [=](DatabaseSession& session) {
          try {
            session.read(sql, {}, {});
            said->set_value("");
          } catch (const DatabaseError& error) {
            said->set_value(error.code);
          }
        },
        id);
    return said->get_future();
  }

  tests::TestDatabase database_{Engine::postgresql};
  Lane lane_{[this] { return database_.open(); }, std::chrono::seconds(0)};
};

TEST_F(LaneTest, OnlyTheQueryOfTheIdIsCancelled) {
  std::future<std::string> mine = run("SELECT pg_sleep(0.3)", "mine"), next = run("SELECT 1", "x");

  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  lane_.cancel("theirs");

  EXPECT_EQ(mine.get(), "");
  EXPECT_EQ(next.get(), "");
}

TEST_F(LaneTest, OneThatWaitsIsCancelledToo) {
  std::future<std::string> first = run("SELECT pg_sleep(60)", "first");
  std::future<std::string> second = run("SELECT 1", "second"), third = run("SELECT 1", "third");

  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  EXPECT_FALSE(lane_.waits("first"));
  EXPECT_TRUE(lane_.waits("second"));
  lane_.cancel("second");
  lane_.cancel("first");

  EXPECT_EQ(first.get(), "57014");
  EXPECT_EQ(second.get(), "57014");
  EXPECT_EQ(third.get(), "");
}

}  // namespace
}  // namespace tidemark::studio
