// SQLite's table rebuilds: rows of other tables must survive them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apply/migrate.h"
#include "apply/rebuild_guard.h"
#include "apply/script.h"
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
    tidemark::migrate(*connection, files, {}, [&](const Event& event) {
      if (const auto* remark = std::get_if<Remark>(&event)) remarks.push_back(remark->text);
    });
    EXPECT_EQ(connection->query("PRAGMA foreign_keys").rows[0][0], "1");
  }
  std::string count(const std::string& table) {
    return database.value("SELECT count(*) FROM " + table);
  }

  std::string sql_of(const std::string& name) {
    return database.value("SELECT sql FROM sqlite_master WHERE name = '" + name + "'");
  }

  tests::TestDatabase database{Engine::sqlite};
  std::vector<std::string> remarks;
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

/// A server that does not heed the pragma.
TEST_F(Rebuild, CountsTheRowsThatReferToTheTable) {
  auto connection = database.open();
  const MigrationFile file = migration("0000_m", 1000, "DROP TABLE users;");
  const Script script = make_script(file, Engine::sqlite);
  RebuildGuard guard(*connection, {.rebuilds = true});
  connection->execute("PRAGMA foreign_keys = ON");
  connection->execute("BEGIN");
  guard.begin();
  connection->execute(guard.before(script, 0));

  try {
    guard.after(script, 0);
    FAIL() << "nothing was missed";
  } catch (const DatabaseError& error) {
    EXPECT_EQ(error.message, "dropping \"users\" deleted 2 rows of \"posts\", which refers to it");
  }
  connection->roll_back();
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
    EXPECT_THAT(error.message(), HasSubstr("1 row of \"posts\" (to \"users\")"));
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
    EXPECT_THAT(error.message(), HasSubstr("1 row of \"posts\" (to \"users\")"));
  }
  EXPECT_EQ(count("users"), "2");
}

TEST_F(Rebuild, ARowWithoutNumberThatFindsItsParentDoesNotMakeUpForOneThatLosesIt) {
  auto connection = database.open();
  connection->execute("PRAGMA foreign_keys = OFF");
  connection->execute(
      "CREATE TABLE kept (id text PRIMARY KEY NOT NULL, author integer REFERENCES users (id)) "
      "WITHOUT ROWID");
  connection->execute("INSERT INTO kept VALUES ('a', 1), ('b', 99)");
  std::string swapping = recipe;
  const std::string column = "SELECT \"id\"";
  swapping.replace(swapping.find(column), column.size(),
                   "SELECT CASE id WHEN 1 THEN 99 ELSE id END");

  try {
    migrate("DELETE FROM posts;\n--> statement-breakpoint\n" + swapping);
    FAIL() << "migrated";
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("1 row of \"kept\" (to \"users\")"));
  }
}

TEST_F(Rebuild, AKeyThatCannotBeCheckedHidesNoOtherOfItsTable) {
  auto connection = database.open();
  connection->execute("CREATE TABLE other (x integer)");
  connection->execute(
      "CREATE TABLE kept (id integer PRIMARY KEY, author integer REFERENCES users (id), o integer "
      "REFERENCES other (x))");
  connection->execute("PRAGMA foreign_keys = OFF");
  connection->execute("INSERT INTO kept VALUES (1, 1, NULL), (2, 2, NULL)");
  std::string losing = recipe;
  losing.insert(losing.find(" FROM `users`") + 13, " WHERE id = 1");

  try {
    migrate("DELETE FROM posts;\n--> statement-breakpoint\n" + losing);
    FAIL() << "migrated";
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("1 row of \"kept\" (to \"users\")"));
  }
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

TEST_F(Rebuild, KeepsWhatNoSchemaHasAWordFor) {
  for (const char* sql :
       {"DROP TABLE posts",
        "CREATE TABLE posts (id text COLLATE NOCASE PRIMARY KEY, user integer "
        "REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED) WITHOUT ROWID, STRICT"})
    database.run(sql);

  migrate(
      "CREATE TABLE `__new_posts` (\n\t`id` text PRIMARY KEY NOT NULL,\n\t`user` integer NOT "
      "NULL,\n\tFOREIGN KEY (`user`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no "
      "action\n);\nDROP TABLE `posts`;\nALTER TABLE `__new_posts` RENAME TO `posts`;");

  std::string sql = sql_of("posts");
  EXPECT_THAT(sql, HasSubstr("NOT NULL COLLATE NOCASE"));
  EXPECT_THAT(sql, HasSubstr("DEFERRABLE INITIALLY DEFERRED"));
  EXPECT_THAT(sql, HasSubstr(") WITHOUT ROWID, STRICT"));
  EXPECT_THAT(remarks, ::testing::IsEmpty());
}

TEST_F(Rebuild, SaysWhatItCannotKeep) {
  database.run("DROP TABLE posts");
  database.run("CREATE TABLE posts (id integer PRIMARY KEY AUTOINCREMENT, a text) STRICT");

  migrate(
      "CREATE TABLE `__new_posts` (\n\t`id` integer PRIMARY KEY NOT NULL,\n\t`a` numeric\n);\n"
      "DROP TABLE `posts`;\nALTER TABLE `__new_posts` RENAME TO `posts`;");

  EXPECT_THAT(remarks, ::testing::ElementsAre(
                           "it rebuilds posts without STRICT, AUTOINCREMENT, which the table had"));
}

TEST_F(Rebuild, LeavesATableAsItIsWrittenByHandAndSaysSo) {
  database.run("DROP TABLE posts");
  database.run("CREATE TABLE posts (id integer PRIMARY KEY, a text COLLATE RTRIM)");

  migrate(
      "CREATE TABLE by_hand (id integer PRIMARY KEY, a text);\n"
      "DROP TABLE posts;\nALTER TABLE by_hand RENAME TO posts;");

  EXPECT_THAT(remarks, ::testing::ElementsAre(
                           "it rebuilds posts without COLLATE RTRIM of a, which the table had"));
}

TEST_F(Rebuild, KeepsTheRowidsThatAFullTextIndexReads) {
  for (const char* sql :
       {"CREATE TABLE notes (id text PRIMARY KEY, body text)",
        "INSERT INTO notes VALUES ('x', 'gone'), ('y', 'apple'), ('z', 'pear')",
        "DELETE FROM notes WHERE id = 'x'",
        "CREATE VIRTUAL TABLE found USING fts5(body, content='notes', content_rowid='rowid')",
        "INSERT INTO found (found) VALUES ('rebuild')"})
    database.run(sql);

  migrate(
      "CREATE TABLE `__new_notes` (`id` text PRIMARY KEY NOT NULL, `body` text NOT NULL);\n"
      "INSERT INTO `__new_notes`(\"id\", \"body\") SELECT \"id\", \"body\" FROM `notes`;\n"
      "DROP TABLE `notes`;\nALTER TABLE `__new_notes` RENAME TO `notes`;");

  EXPECT_EQ(
      database.value("SELECT id FROM notes WHERE rowid IN (SELECT rowid FROM found('apple'))"),
      "y");
  EXPECT_THAT(remarks, ::testing::IsEmpty());
}

TEST_F(Rebuild, SaysThatAFullTextIndexHasToReadAgain) {
  database.run("CREATE TABLE notes (id text PRIMARY KEY, body text)");
  database.run("CREATE VIRTUAL TABLE found USING fts5(body, content=notes)");

  migrate(
      "CREATE TABLE bak AS SELECT * FROM notes;\nDROP TABLE notes;\n"
      "CREATE TABLE notes (id text PRIMARY KEY, body text NOT NULL);\n"
      "INSERT INTO notes SELECT * FROM bak;\nDROP TABLE bak;");

  EXPECT_THAT(remarks, ::testing::ElementsAre(
                           "the rows of notes have other rowids now, by which found finds them"));
}

TEST_F(Rebuild, ADroppedTableThatNobodyReplacesStillTakesItsRowsAlong) {
  migrate("DROP TABLE users;");

  EXPECT_EQ(count("posts"), "0");  // ON DELETE CASCADE, as asked
}

}  // namespace
}  // namespace tidemark
