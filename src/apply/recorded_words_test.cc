#include "apply/recorded_words.h"

#include <gtest/gtest.h>

#include <vector>

namespace tidemark {
namespace {

std::string in_words(const std::string& sql, const Definitions& before,
                     std::vector<MigrationStatement> script = {}) {
  return in_recorded_words(sql, script, before);
}

Definitions table(const std::string& sql) { return {{"table users", sql}}; }

TEST(RecordedWords, AreReadFromTheLog) {
  Definitions found = definitions_before(
      R"json({"before": [["table", "Users", "CREATE TABLE Users (a DATE)"]], "after": []})json");
  EXPECT_EQ(found.at("table users"), "CREATE TABLE Users (a DATE)");
  EXPECT_TRUE(definitions_before(R"({"table users": [null, ""]})").empty());
  EXPECT_TRUE(definitions_before("").empty());
}

TEST(RecordedWords, OfATableTakeTheNameThatTheStatementMakes) {
  EXPECT_EQ(in_words("CREATE TABLE `__new_users` (`a` numeric);",
                     table("CREATE TABLE \"users\" (A DATE CHECK (users.a > 0))")),
            "CREATE TABLE `__new_users` (A DATE CHECK (__new_users.a > 0))");
}

TEST(RecordedWords, LeaveOutWhatTheWayBackMakesAsAnIndex) {
  const Definitions before =
      table("CREATE TABLE users (a TEXT UNIQUE, b VARCHAR(2), UNIQUE (a, b))");
  const std::string sql = "CREATE TABLE `users` (`a` text, `b` text);";
  EXPECT_EQ(
      in_words(sql, before, {{.sql = "CREATE UNIQUE INDEX `users_a_b_unique` ON users (a, b)"}}),
      "CREATE TABLE `users` (a TEXT UNIQUE, b VARCHAR(2))");
  EXPECT_EQ(in_words(sql, before),
            "CREATE TABLE `users` (a TEXT UNIQUE, b VARCHAR(2), UNIQUE (a, b))");
}

TEST(RecordedWords, PassOverNoRows) {
  const Definitions before =
      table("CREATE TABLE users (a TEXT NOT NULL ON CONFLICT IGNORE, b DATE)");
  for (const char* sql : {"CREATE TABLE `__new_users` (`a` text NOT NULL, `b` numeric);",
                          "ALTER TABLE `users` ADD `a` text NOT NULL;"})
    EXPECT_EQ(in_words(sql, before), sql);
  EXPECT_EQ(in_words("ALTER TABLE `users` ADD `b` numeric;", before),
            "ALTER TABLE `users` ADD `b` DATE");
}

TEST(RecordedWords, BringBackTheOrderOfColumns) {
  EXPECT_EQ(in_words("CREATE TABLE `users` (`a` text, `b` text);",
                     table("CREATE TABLE users (b text, a text)")),
            "CREATE TABLE `users` (b text, a text)");
}

TEST(RecordedWords, StayAwayFromAnotherTable) {
  const std::string sql = "CREATE TABLE `__new_users` (`a` integer REFERENCES `b`(`id`));";
  for (const char* old : {"CREATE TABLE users (c INT)", "CREATE TABLE users (a INT, c INT)",
                          "CREATE TABLE users (a INT REFERENCES c (id))"})
    EXPECT_EQ(in_words(sql, table(old)), sql) << old;
}

TEST(RecordedWords, OfAColumnFollowItsName) {
  const Definitions before =
      table("CREATE TABLE users (id INT, \"A b\" VARCHAR(3, 4) DEFAULT ',' -- x\n, u INT UNIQUE)");
  EXPECT_EQ(in_words("ALTER TABLE `users` ADD `a b` text(3);", before),
            "ALTER TABLE `users` ADD `a b` VARCHAR(3, 4) DEFAULT ','");
  EXPECT_EQ(in_words("ALTER TABLE `users` ALTER COLUMN \"a b\" TO \"a b\" text(3);", before),
            "ALTER TABLE `users` ALTER COLUMN \"a b\" TO \"a b\" VARCHAR(3, 4) DEFAULT ','");
  const std::string unique = "ALTER TABLE `users` ADD `u` integer;";
  EXPECT_EQ(in_words(unique, before), unique);
}

TEST(RecordedWords, OfAnIndexAreOfTheSameTable) {
  const Definitions before = {{"index i", "CREATE INDEX i ON users (a COLLATE nocase)"}};
  EXPECT_EQ(in_words("CREATE INDEX `i` ON `users` (`a`);", before),
            "CREATE INDEX i ON users (a COLLATE nocase)");
  const std::string other = "CREATE INDEX `i` ON `posts` (`a`);";
  EXPECT_EQ(in_words(other, before), other);
}

}  // namespace
}  // namespace tidemark
