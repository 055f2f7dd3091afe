#include "apply/kept_journal.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "tests/servers/database.h"

namespace tidemark {
namespace {

class KeptJournalTest : public ::testing::Test {
 protected:
  static std::string mode(Connection& database) {
    return database.query("PRAGMA journal_mode").rows[0][0].value_or("");
  }
  bool journal_exists() const { return std::filesystem::exists(file.file() + "-journal"); }

  tests::TestDatabase file{Engine::sqlite};
  std::unique_ptr<Connection> database = file.open();
};

TEST_F(KeptJournalTest, IsThereBetweenTransactionsAndGoneAfterTheRun) {
  {
    KeptJournal journal(*database, 2);
    database->execute("CREATE TABLE a (id integer)");
    EXPECT_TRUE(journal_exists());
  }
  EXPECT_FALSE(journal_exists());
  EXPECT_EQ(mode(*database), "delete");
}

TEST_F(KeptJournalTest, OneTransactionIsNotWorthIt) {
  KeptJournal journal(*database, 1);
  EXPECT_EQ(mode(*database), "delete");
}

TEST_F(KeptJournalTest, LeavesWhatTheFileHas) {
  database->query("PRAGMA journal_mode = wal");
  { KeptJournal journal(*database, 2); }
  EXPECT_EQ(mode(*database), "wal");
}

TEST_F(KeptJournalTest, LeavesWhatAMigrationHasSet) {
  {
    KeptJournal journal(*database, 2);
    database->query("PRAGMA journal_mode = wal");
  }
  EXPECT_EQ(mode(*database), "wal");
}

TEST_F(KeptJournalTest, LeftBehindItDoesNoHarm) {
  {
    KeptJournal journal(*database, 2);
    database->execute("CREATE TABLE a (id integer)");
    std::filesystem::copy_file(file.file() + "-journal", file.file() + "-left");
  }
  std::filesystem::rename(file.file() + "-left", file.file() + "-journal");
  auto another = file.open();
  another->execute("CREATE TABLE b (id integer)");
  EXPECT_EQ(another->query("SELECT count(*) FROM sqlite_master").rows[0][0], "2");
  EXPECT_FALSE(journal_exists());
}

}  // namespace
}  // namespace tidemark
