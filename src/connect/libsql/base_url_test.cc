#include "connect/libsql/base_url.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

TEST(BaseUrl, StaysOnTheHostOrInTheDomain) {
  EXPECT_TRUE(may_follow("https://a-b.turso.io", "https://a-b.turso.io/other"));
  EXPECT_TRUE(may_follow("https://a-b.turso.io", "https://a-b.aws-eu-west-1.turso.io"));
  EXPECT_TRUE(may_follow("http://localhost:8080", "http://localhost:9090/moved"));
  EXPECT_TRUE(may_follow("http://db.example.com", "https://other.example.com"));
  EXPECT_FALSE(may_follow("https://a.turso.io", "https://elsewhere.example"));
  EXPECT_FALSE(may_follow("http://10.0.0.1", "https://192.168.0.1"));
  EXPECT_FALSE(may_follow("http://localhost", "https://localhost.example"));
}

TEST(BaseUrl, IsNeverLessSafe) {
  EXPECT_FALSE(may_follow("https://a.turso.io", "http://a.turso.io"));
  EXPECT_FALSE(may_follow("http://db.example.com", "http://other.example.com"));
}

TEST(BaseUrl, WithAnythingOddIsNotFollowed) {
  EXPECT_FALSE(may_follow("https://a.turso.io", "https://evil.example?.turso.io"));
  EXPECT_FALSE(may_follow("https://a.turso.io", "https://evil.example#.turso.io"));
  EXPECT_FALSE(may_follow("https://a.turso.io", "https://evil.example\\.turso.io"));
  EXPECT_FALSE(may_follow("https://a.turso.io", "https://a.turso.io@evil.example"));
  EXPECT_FALSE(may_follow("https://a.turso.io", "a.turso.io"));
  EXPECT_FALSE(may_follow("https://a.turso.io", ""));
}

}  // namespace
}  // namespace tidemark
