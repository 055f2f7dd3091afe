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
  void run_script(const std::string& sql) {
    MigrationFile file{.tag = "0000_m", .path = "nowhere/0000_m.sql", .sql = sql};
    Script script = make_script(file, Engine::sqlite);
    KeptObjects kept(*database_,
                     [&](const Script&, const UnnamedObject& it) { return it.name == "unwanted"; });
    for (std::size_t i = 0; i < script.statements.size(); ++i) {
      kept.before(script, i);
      run({script.statements[i].sql});
      kept.after(script, i);
    }
    kept.end();
    remarks_ = kept.take_remarks();
  }
  void rebuild(const std::string& columns, const std::string& after = "") {
    run_script("CREATE TABLE __new_t (" + columns +
               "); DROP TABLE t; ALTER TABLE __new_t RENAME TO t;" + after);
  }
  std::string value(const std::string& sql) { return *database_->query(sql).rows.at(0).at(0); }

  std::unique_ptr<Connection> database_;
  std::vector<Remark> remarks_;
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

TEST_F(KeptObjectsTest, IncludeIndexesThatNobodyNames) {
  run({"CREATE UNIQUE INDEX lowered ON t (lower(a)) WHERE a <> ''",
       "CREATE INDEX other_one ON t (id)", "CREATE INDEX again ON t (a)",
       "CREATE INDEX unwanted ON t (a, id)"});
  rebuild("id integer PRIMARY KEY AUTOINCREMENT, a text", "CREATE INDEX again ON t (id, a);");
  EXPECT_EQ(value("SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE type = "
                  "'index' ORDER BY name)"),
            "again,lowered,other_one");
  EXPECT_EQ(value("SELECT sql FROM sqlite_master WHERE name = 'lowered'"),
            "CREATE UNIQUE INDEX lowered ON t (lower(a)) WHERE a <> ''");
}

TEST_F(KeptObjectsTest, LetGoOfIndexesWhoseColumnWent) {
  run({"DROP TRIGGER own", "DROP TRIGGER other", "DROP VIEW v", "DROP VIEW w",
       "CREATE INDEX a ON t (lower(a))"});
  rebuild("id integer PRIMARY KEY AUTOINCREMENT, b text");
  EXPECT_EQ(value("SELECT count(*) FROM sqlite_master WHERE type = 'index'"), "0");
  EXPECT_EQ(remarks_.back().text, "the index a went with the column a of t");
}

TEST_F(KeptObjectsTest, ComeBackWhenTheTableThatIsMadeAnewIsFilled) {
  run({"INSERT INTO t VALUES (9, 'z')", "DELETE FROM log", "CREATE INDEX hand ON t (a)"});
  run_script(
      "CREATE TABLE t_bak AS SELECT * FROM t; DROP TABLE t;"
      "CREATE TABLE t (id integer PRIMARY KEY AUTOINCREMENT, a text);"
      "INSERT INTO t SELECT * FROM t_bak; DROP TABLE t_bak;");
  EXPECT_EQ(value("SELECT count(*) FROM log"), "0");
  EXPECT_EQ(value("SELECT count(*) FROM sqlite_master WHERE name IN ('own', 'hand')"), "2");
}

TEST_F(KeptObjectsTest, LeaveATriggerToTheScriptThatMakesIt) {
  rebuild("id integer PRIMARY KEY AUTOINCREMENT, a text",
          "CREATE TRIGGER own AFTER INSERT ON t BEGIN SELECT 2; END;");
  EXPECT_EQ(value("SELECT count(*) FROM sqlite_master WHERE name = 'own' AND sql LIKE '%2%'"), "1");
}

TEST_F(KeptObjectsTest, IncludeTriggersOfAViewThatIsMadeAgain) {
  run_script(
      "DROP VIEW w; DROP VIEW v; CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM "
      "v;");
  EXPECT_EQ(value("SELECT count(*) FROM sqlite_master WHERE name = 'instead'"), "1");
}

TEST_F(KeptObjectsTest, IncludeViewsOfAViewThatIsAwayDuringARebuild) {
  run_script(
      "DROP VIEW v; CREATE TABLE __new_t (id integer PRIMARY KEY, a text);"
      "DROP TABLE t; ALTER TABLE __new_t RENAME TO t; CREATE VIEW v AS SELECT a FROM t;");
  EXPECT_EQ(value("SELECT count(*) FROM sqlite_master WHERE name IN ('v', 'w', 'instead')"), "3");
}

TEST_F(KeptObjectsTest, StayAwayWhenTheTableIsDroppedForGood) {
  run_script("DROP TABLE t;");
  EXPECT_EQ(value("SELECT count(*) FROM sqlite_master WHERE name = 'own'"), "0");
}

}  // namespace
}  // namespace tidemark
