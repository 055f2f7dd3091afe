// Against the stand-in of tests/servers, which Turso's own client is held against too.
#include "connect/turso/platform.h"

#include <gmock/gmock.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>

#include "base/json.h"
#include "connect/connect.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> names(const std::vector<TursoDatabase>& databases) {
  std::vector<std::string> out;
  for (const TursoDatabase& one : databases) out.push_back(one.name);
  return out;
}

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.message();
  }
  return "nothing was thrown";
}

class TursoPlatformTest : public testing::Test {
 protected:
  TursoPlatformTest() {
    const char* command = "exec python3 " TIDEMARK_SOURCE_DIR "/tests/servers/turso_platform.py";
    pipe_ = ::popen(command, "r");
    std::array<char, 1000> line{};
    if (!std::fgets(line.data(), line.size(), pipe_)) throw std::runtime_error("no stand-in");
    where_ = parse_json(line.data(), "the stand-in");
    account_ = {.organization = text("organization"), .token = text("token"), .base = text("url")};
  }
  ~TursoPlatformTest() override {
    ::kill(static_cast<pid_t>(where_.at("pid").as_int64()), SIGTERM);
    ::pclose(pipe_);
  }

  std::string text(const char* key) const { return where_.at(key).as_string().c_str(); }

  TursoDatabase shop() const { return {"shop", text("host"), "europe"}; }

  std::unique_ptr<Connection> open(TursoPlatform& platform, const TursoDatabase& database) {
    DatabaseUrl url = parse_database_url("http://" + database.hostname);
    return connect(with_token(url, platform.make_token(database.name, "1h")));
  }

  FILE* pipe_ = nullptr;
  json::value where_;
  TursoAccount account_;
};

TEST_F(TursoPlatformTest, ListsTheDatabasesOfAGroup) {
  TursoPlatform platform(account_);
  EXPECT_THAT(names(platform.databases()), ElementsAre("shop", "blog"));
  std::vector<TursoDatabase> europe = platform.databases("europe");
  ASSERT_THAT(names(europe), ElementsAre("shop"));
  EXPECT_EQ(europe[0].hostname, text("host"));
  EXPECT_EQ(europe[0].group, "europe");
}

TEST_F(TursoPlatformTest, MakesADatabaseOfAnotherAndDeletesIt) {
  TursoPlatform platform(account_);
  std::unique_ptr<Connection> original = open(platform, shop());
  original->execute("CREATE TABLE t (a)");
  original->execute("INSERT INTO t VALUES (1)");

  TursoDatabase copy = platform.create("copy-of-shop", shop());
  std::unique_ptr<Connection> branch = open(platform, copy);
  branch->execute("DELETE FROM t");
  EXPECT_EQ(original->query("SELECT count(*) FROM t").rows[0][0], "1");

  EXPECT_EQ(copy.group, "europe");
  EXPECT_THAT(names(platform.databases("europe")), ElementsAre("shop", "copy-of-shop"));
  EXPECT_TRUE(platform.remove("copy-of-shop"));
  EXPECT_FALSE(platform.remove("copy-of-shop"));
  EXPECT_THAT(names(platform.databases("europe")), ElementsAre("shop"));
}

TEST_F(TursoPlatformTest, MakesADatabaseOfAMoment) {
  TursoPlatform platform(account_);
  EXPECT_EQ(platform.create("yesterday", shop(), "2026-01-31T12:00:00Z").name, "yesterday");
  EXPECT_THAT(message_of([&] { platform.create("never", shop(), "yesterday"); }),
              HasSubstr("the timestamp is none"));
}

TEST_F(TursoPlatformTest, MakesATokenThatOnlyReads) {
  TursoPlatform platform(account_);
  DatabaseUrl url = parse_database_url("http://" + text("host"));
  auto reader = connect(with_token(url, platform.make_token("shop", "1h", /*read_only=*/true)));
  EXPECT_THROW(reader->execute("CREATE TABLE t (a)"), DatabaseError);
}

TEST_F(TursoPlatformTest, TellsWhatIsRefused) {
  TursoPlatform platform(account_);
  EXPECT_THAT(message_of([&] { platform.create("blog", shop()); }), HasSubstr("already exists"));
  EXPECT_THAT(message_of([&] { platform.make_token("none", "1h"); }), HasSubstr("not found"));
  TursoAccount other = account_;
  other.organization = "other/..";
  EXPECT_THAT(message_of([&] { TursoPlatform(other).databases(); }), HasSubstr("not found"));
  other = account_;
  other.token = "wrong-secret";
  std::string refused = message_of([&] { TursoPlatform(other).databases(); });
  EXPECT_THAT(refused, HasSubstr("the token is not accepted"));
  EXPECT_THAT(refused, Not(HasSubstr("wrong-secret")));
  other.base = "http://127.0.0.1:1";
  EXPECT_THAT(message_of([&] { TursoPlatform(other).databases(); }), HasSubstr("Turso's API: "));
  other.token = "two\nlines";
  EXPECT_THROW(TursoPlatform{other}, Error);
}

}  // namespace
}  // namespace tidemark
