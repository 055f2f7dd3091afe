#include "source/config.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include "base/files.h"

namespace tidemark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ConfigTest : public testing::Test {
 protected:
  void SetUp() override {
    cwd_ = std::filesystem::temp_directory_path() / ("tidemark-config-" + std::to_string(getpid()));
    std::filesystem::remove_all(cwd_);
    std::filesystem::create_directories(cwd_);
  }
  void TearDown() override { std::filesystem::remove_all(cwd_); }

  Config load(std::string_view text, std::vector<FlagSetting> flags = {}) {
    if (!text.empty()) write_file(cwd_ / "drizzle.config.json", text);
    return load_config({.cwd = cwd_, .flags = std::move(flags)}, {});
  }
  std::string complaint(std::string_view text, std::vector<FlagSetting> flags = {}) {
    try {
      load(text, std::move(flags));
    } catch (const Error& error) {
      EXPECT_EQ(error.fault(), Fault::usage);
      return error.message() + "\n" + error.hint();
    }
    return "none";
  }

  std::filesystem::path cwd_;
};

TEST_F(ConfigTest, TheCommandLineWinsOverTheFileAndIsNamed) {
  Config config =
      load(R"({"dialect": "sqlite", "out": "a", "schema": "s.ts"})", {{"--out", "out", "b"}});
  EXPECT_EQ(config.out, "b");
  EXPECT_EQ(config.from("out"), "--out");
  EXPECT_EQ(config.from("schema"), "drizzle.config.json");
  EXPECT_EQ(config.from("casing"), "default");
}

TEST_F(ConfigTest, FlagsSufficeWithoutAFile) {
  Config config = load("", {{"--dialect", "dialect", "turso"}, {"--schema", "schema", "x.ts"}});
  EXPECT_EQ(config.engine, Engine::turso);
  EXPECT_THAT(config.schema, ElementsAre("x.ts"));
}

TEST_F(ConfigTest, AllMistakesAreReportedAtOnce) {
  std::string text = complaint(
      R"({"dialect": "sqlite", "casing": "snake", "breakpoints": "yes", "driver": "pglite"})");
  EXPECT_THAT(text, HasSubstr("3 mistakes"));
  EXPECT_THAT(text, HasSubstr("did you mean \"snake_case\"?"));
  EXPECT_THAT(text, HasSubstr("\"breakpoints\" must be true or false"));
  EXPECT_THAT(text, HasSubstr("\"pglite\" goes with dialect \"postgresql\""));
}

TEST_F(ConfigTest, ANumberIsATextOnlyForAPort) {
  EXPECT_THAT(complaint(R"({"dialect": "sqlite", "out": 7})"),
              HasSubstr("\"out\" must be a string, not 7"));
  EXPECT_EQ(load(R"({"dialect": "postgresql", "dbCredentials": {"host": "h", "database": "d",
                     "port": 5433}})")
                .credentials.port,
            "5433");
}

TEST_F(ConfigTest, UnknownKeysAreWarnedAboutWithTheLikelyName) {
  Config config =
      load(R"({"dialect": "sqlite", "tableFilter": "x", "migrations": {"tabel": "t"}})");
  EXPECT_THAT(config.warnings,
              ElementsAre(HasSubstr("\"tableFilter\"; did you mean \"tablesFilter\"?"),
                          HasSubstr("\"migrations.tabel\"; did you mean \"table\"?")));
}

TEST_F(ConfigTest, OldKeysDoTheWorkOfTheNewOnes) {
  Config config =
      load(R"({"driver": "pg", "dbCredentials": {"connectionString": "postgres://h/db"}})");
  EXPECT_EQ(config.engine, Engine::postgresql);
  EXPECT_EQ(config.credentials.url, "postgres://h/db");
  EXPECT_EQ(config.driver, "");
  EXPECT_EQ(config.warnings.size(), 2u);
}

TEST_F(ConfigTest, TheDialectFollowsFromTheUrlWhereItIsSafe) {
  EXPECT_EQ(load(R"({"dbCredentials": {"url": "postgresql://h/db"}})").engine, Engine::postgresql);
  EXPECT_EQ(load(R"({"dbCredentials": {"url": "libsql://x.turso.io"}})").engine, Engine::turso);
  EXPECT_EQ(load(R"({"dbCredentials": {"url": "./local.db"}})").engine, Engine::sqlite);
  EXPECT_THAT(complaint(R"({"dbCredentials": {"url": "http://h"}})"), HasSubstr("no dialect"));
}

TEST_F(ConfigTest, MysqlIsRefusedByName) {
  EXPECT_THAT(complaint(R"({"dialect": "mysql"})"), HasSubstr("not supported yet"));
  EXPECT_THAT(complaint(R"({"dialect": "postgres"})"), HasSubstr("did you mean \"postgresql\"?"));
}

TEST_F(ConfigTest, ADatabaseOnTheCommandLineReplacesTheWholeOneInTheFile) {
  Config config =
      load(R"({"dialect": "postgresql", "dbCredentials": {"host": "h", "database": "d"}})",
           {{"--url", "dbCredentials.url", "postgres://other/db"}});
  EXPECT_EQ(config.credentials.host, "");
  EXPECT_EQ(config.credentials.url, "postgres://other/db");
}

TEST_F(ConfigTest, AMissingFileThatWasNamedIsSaidSo) {
  EXPECT_THROW(load_config({.cwd = cwd_, .file = "nowhere.ts"}, {}), Error);
}

TEST_F(ConfigTest, AnEmptySyncUrlIsNone) {
  auto url = [&](const char* credentials) {
    return load(std::string(R"({"dialect": "turso", "dbCredentials": )") + credentials + "}")
        .credentials.url;
  };
  EXPECT_EQ(url(R"({"url": "libsql://shop", "syncUrl": ""})"), "libsql://shop");
  EXPECT_EQ(url(R"({"url": "file:copy.db", "syncUrl": "libsql://shop"})"), "libsql://shop");
}

TEST_F(ConfigTest, TheOldDriverOfD1IsTheOneOfToday) {
  Config config = load(R"({"driver": "d1", "dbCredentials": {"dbName": "shop"}})");
  EXPECT_EQ(config.engine, Engine::sqlite);
  EXPECT_EQ(config.driver, "d1-http");
  EXPECT_EQ(load(R"({"dialect": "sqlite", "driver": "d1"})").driver, "d1-http");
}

}  // namespace
}  // namespace tidemark
