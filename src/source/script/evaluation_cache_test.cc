// Evaluations that are remembered, and those that must not be.
#include "source/script/evaluation_cache.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/crypto.h"
#include "source/script/test_project.h"

namespace tidemark::script {
namespace {

namespace fs = std::filesystem;

/// A project whose schema says which tables it has, and the names of its tables as
/// `generate` would see them.
class Remembered : public testing::Test {
 protected:
  Remembered() {
    project.options.cache = project.path("cache");
    project.options.environment = {{"PREFIX", "app_"}, {"OTHER", "1"}};
  }

  void write(const std::string& name, const std::string& text) { project.write(name, text); }

  void write_schema(const std::string& name_of_table) {
    write("schema.ts",
          "import { pgTable, text } from 'drizzle-orm/pg-core';\n"
          "import * as fs from 'fs'; import { other } from './other';\n"
          "export const t = pgTable(" +
              name_of_table + ", { a: text() });\n");
  }

  std::string tables() {
    json::object document = project.schema({"schema.ts"});
    std::string names;
    for (const json::value& table : document.at("tables").as_array())
      names += table.at(0).as_string().c_str();
    return names;
  }

  std::size_t kept() {
    std::error_code ignored;
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(project.options.cache, ignored), {}));
  }

  /// Every answer that is kept, made to say that the table is `remembered`: what
  /// comes of it shows that nothing was evaluated.
  void tamper(const std::string& table) {
    for (const fs::directory_entry& entry : fs::directory_iterator(project.options.cache)) {
      std::string text = read_file(entry.path());
      std::string body = replace_all(text.substr(text.find('\n') + 1), table, "remembered");
      write_file(entry.path(), sha256(body) + '\n' + body);
    }
  }

  TestProject project{{"other.ts", "export const other = 'other';"}};
};

TEST_F(Remembered, ASchemaThatDidNotChangeIsNotEvaluatedAgain) {
  write_schema("'users'");
  EXPECT_EQ(tables(), "users");
  EXPECT_EQ(kept(), 1u);
  tamper("users");
  EXPECT_EQ(tables(), "remembered");
}

TEST_F(Remembered, AnyFileThatItImportsCounts) {
  write_schema("other");
  EXPECT_EQ(tables(), "other");
  tamper("\"other\"");
  write("other.ts", "export const other = 'changed';");
  EXPECT_EQ(tables(), "changed");
}

TEST_F(Remembered, AFileThatWouldBeFoundFirstCounts) {
  write("other.ts", "");
  fs::remove(project.path("other.ts"));
  write("other.js", "exports.other = 'script';");
  write_schema("other");
  EXPECT_EQ(tables(), "script");
  write("other.ts", "export const other = 'typed';");
  EXPECT_EQ(tables(), "typed");
}

TEST_F(Remembered, VariablesThatItReadsCountAndNoOthers) {
  write_schema("process.env.PREFIX + 't'");
  EXPECT_EQ(tables(), "app_t");
  project.options.environment["OTHER"] = "2";
  tamper("app_t");
  EXPECT_EQ(tables(), "remembered");
  project.options.environment["PREFIX"] = "x_";
  EXPECT_EQ(tables(), "x_t");
  project.options.environment.erase("PREFIX");
  EXPECT_EQ(tables(), "undefinedt");
}

TEST_F(Remembered, AllVariablesCountWhereAllAreRead) {
  write_schema("'t' + Object.keys({ ...process.env }).length");
  EXPECT_EQ(tables(), "t2");
  project.options.environment["THIRD"] = "3";
  EXPECT_EQ(tables(), "t3");
}

TEST_F(Remembered, WhatItReadsAndListsCounts) {
  write("tables/one", "1");
  write_schema("fs.readFileSync('names.txt', 'utf8') + fs.readdirSync('tables').length");
  write("names.txt", "n");
  EXPECT_EQ(tables(), "n1");
  write("tables/two", "2");
  EXPECT_EQ(tables(), "n2");
  write("names.txt", "m");
  EXPECT_EQ(tables(), "m2");
}

TEST_F(Remembered, NothingThatDependsOnTimeOrChance) {
  for (const char* chance :
       {"'t' + Date.now()", "'t' + new Date().getTime()", "'t' + Math.random()",
        "'t' + crypto.randomUUID()", "(console.log('seen'), 't')", "'t' + performance.now()"}) {
    write_schema(chance);
    tables();
    EXPECT_EQ(kept(), 0u) << chance;
  }
  write_schema("'t' + new Date(0).getTime()");
  tables();
  EXPECT_EQ(kept(), 1u) << "a given date is always the same";
}

TEST_F(Remembered, NoMistakesAndNoSecrets) {
  write_schema("''");
  tables();
  EXPECT_EQ(kept(), 0u);
  project.options.environment["SECRET"] = "hunter2hunter2";
  write_schema("process.env.SECRET");
  EXPECT_EQ(tables(), "hunter2hunter2");
  EXPECT_EQ(kept(), 0u);
}

TEST_F(Remembered, NoCredentialsOfAConfiguration) {
  write("drizzle.config.ts",
        "export default { dialect: 'postgresql', dbCredentials: { url: process.env.URL } };");
  HostOptions options = project.options;
  options.cwd = project.path("x").parent_path();
  options.environment["URL"] = "postgres://me:secret@host/db";
  fs::path file = project.path("drizzle.config.ts");
  EXPECT_EQ(json::serialize(Host(options).load_config_without_credentials(file)),
            R"({"dialect":"postgresql"})");
  EXPECT_EQ(kept(), 1u);
  for (const fs::directory_entry& entry : fs::directory_iterator(options.cache))
    EXPECT_EQ(read_file(entry.path()).find("secret"), std::string::npos);
  tamper("postgresql");
  EXPECT_EQ(json::serialize(Host(options).load_config_without_credentials(file)),
            R"({"dialect":"remembered"})");
  EXPECT_EQ(Host(options).load_config(file).at("dbCredentials").at("url").as_string(),
            "postgres://me:secret@host/db");
}

TEST_F(Remembered, NothingThatOthersCouldHavePutThere) {
  write_schema("'users'");
  tables();
  tamper("users");
  ASSERT_EQ(::chmod(project.options.cache.c_str(), 0777), 0);
  EXPECT_EQ(tables(), "users");
}

TEST_F(Remembered, DamagedFilesAreNotBelieved) {
  write_schema("'users'");
  tables();
  for (const fs::directory_entry& entry : fs::directory_iterator(project.options.cache)) {
    std::string text = read_file(entry.path());
    for (std::size_t size : {text.size() - 1, text.size() / 2, std::size_t{0}}) {
      write_file(entry.path(), text.substr(0, size));
      EXPECT_EQ(tables(), "users") << size;
    }
  }
}

TEST_F(Remembered, NoMoreThanAFewAreKept) {
  fs::create_directory(project.options.cache);
  ASSERT_EQ(::chmod(project.options.cache.c_str(), 0700), 0);
  for (int i = 0; i < 120; ++i) write("cache/" + std::to_string(i), "");
  write_schema("'users'");
  tables();
  EXPECT_LE(kept(), 51u);
  tamper("users");
  EXPECT_EQ(tables(), "remembered") << "the newest stays";
}

}  // namespace
}  // namespace tidemark::script
