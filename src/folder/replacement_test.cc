#include "folder/replacement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/crypto.h"
#include "base/files.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

class ReplacementTest : public testing::Test {
 protected:
  ReplacementTest() : out_(fs::path(testing::TempDir()) / ("replacement-" + random_uuid())) {
    for (const char* name : {"a", "b", "c"}) add(name);
  }
  ~ReplacementTest() override { fs::remove_all(out_); }

  Folder open() const { return open_folder(out_, Engine::sqlite); }

  void add(const char* name) {
    Folder folder = open();
    now_ += std::chrono::seconds(1);
    Catalog catalog{.engine = Engine::sqlite, .tables = {{.path = {"", name}}}};
    write_migration(folder, {.name = name_migration(folder, Prefix::index, name, now_),
                             .sql = "-- " + std::string(name),
                             .way_back = "-- back",
                             .catalog = catalog,
                             .when = now_});
  }

  /// The last two as one.
  Replacement last_two() const {
    Folder folder = open();
    Replacement out{.journal_was = read_file(folder.journal_path()), .journal = folder.journal};
    JournalEntry entry = folder.journal.entries().back();
    out.removed = {"0001_b", "0002_c"};
    out.removed_snapshots = {"0002_snapshot.json"};
    for (const std::string& tag : out.removed) out.journal.remove(tag);
    entry.idx = 1;
    entry.tag = "0001_both";
    std::string snapshot =
        write_snapshot({.engine = Engine::sqlite, .tables = {{.path = {"", "c"}}}},
                       {.id = "new", .previous = folder.snapshots.at(0).header.ids.id});
    out.migrations.push_back({.entry = entry,
                              .snapshot_prefix = "0001",
                              .snapshot = snapshot,
                              .sql = "-- both",
                              .way_back = "-- both back"});
    return out;
  }

  fs::path out_;
  Time now_{std::chrono::milliseconds(1'767'225'600'123)};
};

TEST_F(ReplacementTest, ExchangesMigrationsWithAllTheirFiles) {
  replace_migrations(open(), last_two(), Bundle::none);
  Folder folder = open();
  EXPECT_TRUE(check_folder(folder).empty());
  EXPECT_EQ(folder.journal.entries().size(), 2u);
  EXPECT_EQ(folder.snapshots.size(), 2u);
  EXPECT_EQ(load_newest(folder).catalog.tables.at(0).path.name, Name("c"));
  EXPECT_EQ(read_way_back(folder, "0001_both"), "-- both back");
  EXPECT_FALSE(read_way_back(folder, "0001_b"));
  EXPECT_FALSE(fs::exists(out_ / ".tidemark" / "meta"));
}

TEST_F(ReplacementTest, WhatAnInterruptedOneLeftBehindIsInNobodysWay) {
  write_file(out_ / ".tidemark" / "meta" / "0002_snapshot.json", "cut o");
  write_file(out_ / "0001_both.sql", "-- bo");
  EXPECT_EQ(load_newest(open()).catalog.tables.at(0).path.name, Name("c"));
  replace_migrations(open(), last_two(), Bundle::none);
  EXPECT_TRUE(check_folder(open()).empty());
  EXPECT_EQ(read_file(out_ / "0001_both.sql"), "-- both");
}

TEST_F(ReplacementTest, AJournalThatChangedMeanwhileIsLeftAlone) {
  Replacement planned = last_two();
  add("d");
  EXPECT_THROW(replace_migrations(open(), planned, Bundle::none), Error);
  EXPECT_EQ(open().journal.entries().size(), 4u);
  EXPECT_FALSE(fs::exists(out_ / "0001_both.sql"));
}

}  // namespace
}  // namespace tidemark
