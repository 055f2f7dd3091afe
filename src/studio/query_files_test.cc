// Saved queries and the history, on disk.
#include "studio/query_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/crypto.h"
#include "base/files.h"
#include "tidemark/error.h"

namespace tidemark::studio {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class QueryFilesTest : public ::testing::Test {
 protected:
  ~QueryFilesTest() override { std::filesystem::remove_all(out_); }

  std::filesystem::path out_ = ::testing::TempDir() + "queries_" + random_uuid();
  std::filesystem::path queries_ = out_ / ".tidemark/queries",
                        console_ = out_ / ".tidemark/console";
  QueryFiles files_{out_};
};

TEST_F(QueryFilesTest, AreNoneAtFirst) {
  EXPECT_THAT(files_.saved(), IsEmpty());
  EXPECT_THAT(files_.history(), IsEmpty());
  EXPECT_FALSE(std::filesystem::exists(out_));
}

TEST_F(QueryFilesTest, AQueryIsAFileThatOthersMayWriteToo) {
  SavedQuery late{"late orders", "SELECT 1;\n"}, mine{"a", "SELECT 'x'"};
  files_.save({"late orders", "SELECT 0"});
  files_.save(late);
  files_.save(mine);
  EXPECT_EQ(read_file(queries_ / "late orders.sql"), "SELECT 1;\n");

  write_file(queries_ / "b.sql", "SELECT 2");
  write_file(queries_ / "notes.txt", "");
  EXPECT_THAT(files_.saved(), ElementsAre(mine, SavedQuery{"b", "SELECT 2"}, late));

  files_.remove("a");
  EXPECT_THAT(files_.saved(), ElementsAre(SavedQuery{"b", "SELECT 2"}, late));
}

TEST_F(QueryFilesTest, ANameLeavesTheFolderNever) {
  write_file(out_ / ".tidemark/kept.sql", "");
  for (const std::string& name :
       {std::string("../kept"), std::string("/tmp/x"), std::string("a/b"), std::string(".hidden"),
        std::string(), std::string("a\0b", 3), std::string("a\nb"), std::string(81, 'x')}) {
    EXPECT_THROW(files_.save({name, "x"}), Error) << name;
    EXPECT_THROW(files_.remove(name), Error) << name;
  }
  EXPECT_THAT(files_.saved(), IsEmpty());
  EXPECT_EQ(read_file(out_ / ".tidemark/kept.sql"), "");
}

TEST_F(QueryFilesTest, ALinkOutOfTheFolderIsReplacedNotWrittenThrough) {
  write_file(out_ / "other", "kept");
  std::filesystem::create_directories(queries_);
  std::filesystem::create_symlink(out_ / "other", queries_ / "a.sql");
  files_.save({"a", "SELECT 1"});
  EXPECT_EQ(read_file(out_ / "other"), "kept");
}

TEST_F(QueryFilesTest, HistoryHasTheNewestFirstAndEachOnce) {
  for (const char* sql : {"SELECT 1", "SELECT\n'\"'", "SELECT 1"}) files_.remember(sql);
  EXPECT_THAT(files_.history(), ElementsAre("SELECT 1", "SELECT\n'\"'"));

  for (int i = 0; i < 300; ++i) files_.remember(std::to_string(i));
  EXPECT_EQ(files_.history().size(), 200u);
  EXPECT_EQ(files_.history().front(), "299");
}

TEST_F(QueryFilesTest, HistoryIsPrivateAndNotCommitted) {
  files_.remember("ALTER ROLE app PASSWORD 'secret'");
  EXPECT_EQ(std::filesystem::status(console_).permissions(), std::filesystem::perms::owner_all);
  EXPECT_EQ(read_file(console_ / ".gitignore"), "*\n");
}

TEST_F(QueryFilesTest, WhatWasWrittenIsAddedTo) {
  files_.note_written({"DELETE FROM a", "UPDATE b SET c = 1;"});
  files_.note_written({"DELETE FROM d"});

  EXPECT_THAT(read_file(console_ / "written.sql"),
              ::testing::MatchesRegex("-- [0-9T:-]+Z\nDELETE FROM a;\nUPDATE b SET c = 1;\n"
                                      "-- [0-9T:-]+Z\nDELETE FROM d;\n"));
  EXPECT_EQ(std::filesystem::status(console_).permissions(), std::filesystem::perms::owner_all);
}

TEST_F(QueryFilesTest, ADamagedLineOfTheHistoryIsPassedOver) {
  files_.remember("SELECT 1");
  write_file(console_ / "history.jsonl",
             read_file(console_ / "history.jsonl") + "\"SELECT 2\n17\n");
  EXPECT_THAT(files_.history(), ElementsAre("SELECT 1"));
}

}  // namespace
}  // namespace tidemark::studio
