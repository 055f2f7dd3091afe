// SQLite's table rebuilds: rows of other tables must survive them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apply/migrate.h"
#include "tests/servers/database.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;
using tests::migration;

class Rebuild : public ::testing::Test {
 protected:
  Rebuild() {
    auto connection = database.open();
    for (const char* sql :
         {"CREATE TABLE users (id integer PRIMARY KEY, name text)",
          "CREATE TABLE posts (id integer PRIMARY KEY, user integer REFERENCES users (id) ON "
          "DELETE "
          "CASCADE)",
          "INSERT INTO users VALUES (1, 'a'), (2, 'b')", "INSERT INTO posts VALUES (1, 1), (2, 2)"})
      connection->execute(sql);
  }
  void migrate(const std::string& sql) {
    auto connection = database.open();
    std::vector<MigrationFile> files{migration("0000_m", 1000, sql)};
    tidemark::migrate(*connection, files, {}, [](const Event&) {});
    EXPECT_EQ(connection->query("PRAGMA foreign_keys").rows[0][0], "1");
  }
  std::string count(const std::string& table) {
    return database.value("SELECT count(*) FROM " + table);
  }

  tests::TestDatabase database{Engine::sqlite};
};

const std::string recipe =
    "CREATE TABLE `__new_users` (`id` integer PRIMARY KEY, `name` text DEFAULT 'x');\n"
    "--> statement-breakpoint\n"
    "INSERT INTO `__new_users`(\"id\", \"name\") SELECT \"id\", \"name\" FROM `users`;--> "
    "statement-breakpoint\nDROP TABLE `users`;--> statement-breakpoint\n"
    "ALTER TABLE `__new_users` RENAME TO `users`;";

TEST_F(Rebuild, KeepsTheRowsThatReferToTheTable) {
  migrate("PRAGMA foreign_keys=OFF;--> statement-breakpoint\n" + recipe +
          "--> statement-breakpoint\nPRAGMA foreign_keys=ON;");

  EXPECT_EQ(count("posts"), "2");
  EXPECT_EQ(count("users"), "2");
}

TEST_F(Rebuild, IsRecognisedWithoutThePragma) {
  migrate(recipe);

  EXPECT_EQ(count("posts"), "2");
}

TEST_F(Rebuild, ThatLeavesRowsWithoutTheirParentIsRolledBack) {
  std::string losing = recipe;
  losing.insert(losing.find(" FROM `users`") + 13, " WHERE id = 1");

  try {
    migrate(losing);
    FAIL() << "migrated";
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("1 rows of \"posts\" (to \"users\")"));
    EXPECT_EQ(error.range()->line_text.substr(0, 10), "DROP TABLE");
  }
  EXPECT_EQ(count("users"), "2");
}

TEST_F(Rebuild, DoesNotMindViolationsThatWereThereBefore) {
  auto connection = database.open();
  connection->execute("PRAGMA foreign_keys = OFF");
  connection->execute("INSERT INTO posts VALUES (3, 99)");

  migrate(recipe);

  EXPECT_EQ(count("posts"), "3");
}

TEST_F(Rebuild, ARowThatFindsItsParentDoesNotMakeUpForOneThatLosesIt) {
  auto connection = database.open();
  connection->execute("PRAGMA foreign_keys = OFF");
  connection->execute("INSERT INTO posts VALUES (3, 99)");
  std::string losing = recipe;
  losing.insert(losing.find(" FROM `users`") + 13, " WHERE id <> 1");

  try {
    migrate("INSERT INTO users VALUES (99, 'found');\n--> statement-breakpoint\n" + losing);
    FAIL() << "migrated";
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("1 rows of \"posts\" (to \"users\")"));
  }
  EXPECT_EQ(count("users"), "2");
}

TEST_F(Rebuild, KnowsViolationsAgainUnderNewNames) {
  auto connection = database.open();
  connection->execute("PRAGMA foreign_keys = OFF");
  connection->execute("INSERT INTO posts VALUES (3, 99)");

  migrate(
      "ALTER TABLE posts RENAME COLUMN user TO author;--> statement-breakpoint\n"
      "ALTER TABLE posts RENAME TO articles;--> statement-breakpoint\n" +
      recipe + "--> statement-breakpoint\nALTER TABLE users RENAME TO people;");

  EXPECT_EQ(count("articles"), "3");
}

TEST_F(Rebuild, KnowsViolationsOfATableWithoutRowid) {
  auto connection = database.open();
  for (const char* sql :
       {"PRAGMA foreign_keys = OFF",
        "CREATE TABLE likes (a integer PRIMARY KEY REFERENCES users (id)) WITHOUT ROWID",
        "INSERT INTO likes VALUES (98)"})
    connection->execute(sql);

  migrate(recipe);

  EXPECT_EQ(count("likes"), "1");
}

TEST_F(Rebuild, IsAlsoATableThatIsMadeAnewUnderItsName) {
  migrate(
      "CREATE TABLE users_bak AS SELECT * FROM users;\nDROP TABLE users;\n"
      "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);\n"
      "INSERT INTO users SELECT * FROM users_bak;\nDROP TABLE users_bak;");

  EXPECT_EQ(count("posts"), "2");
  EXPECT_EQ(count("users"), "2");
}

TEST_F(Rebuild, ThatMakesTheTableAnewWithoutItsRowsIsRolledBack) {
  EXPECT_THROW(migrate("DROP TABLE users;\nCREATE TABLE users (id integer PRIMARY KEY);"), Error);

  EXPECT_EQ(count("posts"), "2");
}

TEST_F(Rebuild, ThatRenamesTheTableAsideDoesNotDeleteRowsOfOthers) {
  EXPECT_THROW(migrate("ALTER TABLE users RENAME TO users_old;\n"
                       "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL);\n"
                       "INSERT INTO users SELECT * FROM users_old;\nDROP TABLE users_old;"),
               Error);

  EXPECT_EQ(count("posts"), "2");
}

TEST_F(Rebuild, ADroppedTableThatNobodyReplacesStillTakesItsRowsAlong) {
  migrate("DROP TABLE users;");

  EXPECT_EQ(count("posts"), "0");  // ON DELETE CASCADE, as asked
}

}  // namespace
}  // namespace tidemark
