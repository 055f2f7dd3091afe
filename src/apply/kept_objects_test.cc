#include "apply/kept_objects.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "connect/connect.h"

namespace tidemark {
namespace {

class KeptObjectsTest : public testing::Test {
 protected:
  KeptObjectsTest() : database_(connect(parse_database_url(":memory:"))) {
    run({"CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text)",
         "CREATE TABLE log (what text)",
         "CREATE TRIGGER own AFTER INSERT ON t BEGIN INSERT INTO log VALUES (new.a); END",
         "CREATE TRIGGER other AFTER DELETE ON log BEGIN UPDATE T SET a = old.what; END",
         "CREATE VIEW v AS SELECT a FROM t", "CREATE VIEW w AS SELECT a FROM v",
         "CREATE TRIGGER instead INSTEAD OF INSERT ON w BEGIN SELECT 1; END",
         "INSERT INTO t VALUES (7, 'x')", "DELETE FROM t"});
  }

  void run(std::vector<std::string> statements) {
    for (std::string& statement : statements) database_->execute(std::move(statement));
  }
  void rebuild(const std::string& columns) {
    KeptObjects kept(*database_);
    run({"CREATE TABLE __new_t (" + columns + ")"});
    kept.take("t");
    kept.put_back();
    run({"DROP TABLE t", "ALTER TABLE __new_t RENAME TO t"});
    kept.put_back();
    kept.check();
  }
  std::string value(const std::string& sql) { return *database_->query(sql).rows.at(0).at(0); }

  std::unique_ptr<Connection> database_;
};

TEST_F(KeptObjectsTest, AreThereAgainAfterARebuild) {
  std::string all =
      "SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE type IN "
      "('view', 'trigger') ORDER BY name)";
  std::string before = value(all);
  rebuild("id integer PRIMARY KEY AUTOINCREMENT, a text, b text");
  EXPECT_EQ(value(all), before);
  run({"INSERT INTO t(a) VALUES ('y')"});
  EXPECT_EQ(value("SELECT what FROM log WHERE what = 'y'"), "y");
}

TEST_F(KeptObjectsTest, IncludeTheCounterThatNeverGivesAnIdTwice) {
  rebuild("id integer PRIMARY KEY AUTOINCREMENT, a text");
  run({"INSERT INTO t(a) VALUES ('y')"});
  EXPECT_EQ(value("SELECT id FROM t"), "8");
}

TEST_F(KeptObjectsTest, ThatDoNotFitAnyMoreAreNamed) {
  try {
    rebuild("id integer PRIMARY KEY");
    FAIL();
  } catch (const DatabaseError& error) {
    EXPECT_THAT(error.message, testing::HasSubstr("the trigger \"own\" does not fit"));
  }
}

TEST_F(KeptObjectsTest, StayAwayWhenTheTableIsDroppedForGood) {
  KeptObjects kept(*database_);
  kept.take("t");
  run({"DROP TABLE t"});
  kept.put_back();
  EXPECT_EQ(value("SELECT count(*) FROM sqlite_master WHERE name = 'own'"), "0");
}

}  // namespace
}  // namespace tidemark
