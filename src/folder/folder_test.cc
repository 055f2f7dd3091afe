#include "folder/folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/crypto.h"
#include "base/files.h"
#include "folder/file_statements.h"
#include "folder/new_migration.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class FolderTest : public testing::Test {
 protected:
  FolderTest() : out_(fs::path(testing::TempDir()) / ("folder-" + random_uuid())) {}
  ~FolderTest() override { fs::remove_all(out_); }

  Folder open() const { return open_folder(out_, Engine::sqlite); }
  Catalog with_table(const char* name) const {
    return {.engine = Engine::sqlite, .tables = {{.path = {"", name}}}};
  }
  std::string add(const char* table, Prefix prefix = Prefix::index, const char* name = "n") {
    Folder folder = open();
    Catalog catalog = with_table(table);
    MigrationName chosen = name_migration(folder, prefix, name, now_);
    write_migration(folder, {.name = chosen,
                             .sql = "-- " + std::string(table),
                             .way_back = "-- back",
                             .catalog = catalog,
                             .when = now_});
    return chosen.tag;
  }
  std::string newest_table() const {
    return load_newest(open()).catalog.tables.at(0).path.name.text();
  }

  fs::path out_;
  Time now_ = Time(std::chrono::milliseconds(1'767'225'600'123));  // 2026-01-01 00:00:00.123
};

TEST_F(FolderTest, ThatDoesNotExistIsEmpty) {
  EXPECT_EQ(open().layout, Layout::none);
  EXPECT_TRUE(load_newest(open()).catalog.tables.empty());
  EXPECT_TRUE(read_migrations(open()).empty());
}

TEST_F(FolderTest, GetsMigrationsThatAreReadBack) {
  EXPECT_EQ(add("a"), "0000_n");
  EXPECT_EQ(add("b"), "0001_n");
  std::vector<MigrationFile> files = read_migrations(open());
  ASSERT_EQ(files.size(), 2u);
  EXPECT_EQ(files[1].sql, "-- b");
  EXPECT_EQ(files[1].hash, sha256("-- b"));
  EXPECT_EQ(files[1].when, 1'767'225'600'123);
  EXPECT_EQ(read_way_back(open(), "0001_n"), "-- back");
  EXPECT_EQ(newest_table(), "b");
  EXPECT_TRUE(check_folder(open()).size() == 1) << "only the equal times are remarked on";
}

TEST_F(FolderTest, WritesTheJournalAsDrizzleKitDoes) {
  add("a");
  EXPECT_EQ(read_file(out_ / "meta/_journal.json"),
            "{\n  \"version\": \"7\",\n  \"dialect\": \"sqlite\",\n  \"entries\": [\n    {\n"
            "      \"idx\": 0,\n      \"version\": \"6\",\n      \"when\": 1767225600123,\n"
            "      \"tag\": \"0000_n\",\n      \"breakpoints\": true\n    }\n  ]\n}");
}

TEST_F(FolderTest, ChainsSnapshots) {
  add("a");
  add("b");
  Folder folder = open();
  EXPECT_EQ(folder.snapshots.at(0).header.ids.previous, no_snapshot_id);
  EXPECT_EQ(folder.snapshots.at(1).header.ids.previous, folder.snapshots.at(0).header.ids.id);
}

TEST_F(FolderTest, HashesTheSameTextWithOtherLineEndsAlike) {
  add("a");
  write_file(out_ / "0000_n.sql", "a\r\nb");
  MigrationFile file = read_migrations(open()).at(0);
  EXPECT_EQ(file.hash, sha256("a\r\nb"));
  EXPECT_EQ(file.hash_of_lines, sha256("a\nb"));
}

TEST_F(FolderTest, IgnoresWhatAnInterruptedRunLeftBehindAndReplacesIt) {
  add("a");
  std::string journal = read_file(out_ / "meta/_journal.json");
  add("b");
  write_file(out_ / "meta/_journal.json", journal);  // the last write did not happen
  EXPECT_EQ(newest_table(), "a");
  EXPECT_EQ(add("c", Prefix::index, "other"), "0001_other");
  EXPECT_EQ(newest_table(), "c");
  EXPECT_EQ(open().snapshots.size(), 2u);
}

TEST_F(FolderTest, NamesMissingFiles) {
  add("a");
  fs::remove(out_ / "0000_n.sql");
  try {
    read_migrations(open());
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("0000_n.sql"));
  }
}

TEST_F(FolderTest, ReportsTwoSnapshotsThatFollowTheSameOne) {
  add("a");
  add("b");
  std::string id = open().snapshots.at(0).header.ids.id;
  add("c");
  std::string text = read_file(out_ / "meta/0002_snapshot.json");
  text.replace(text.find(open().snapshots.at(1).header.ids.id), 36, id);
  write_file(out_ / "meta/0002_snapshot.json", text);
  Folder folder = open();
  EXPECT_THROW(require_writable(folder), Error);
  try {
    require_writable(folder);
  } catch (const Error& error) {
    EXPECT_THAT(error.message(), HasSubstr("0001_snapshot.json and 0002_snapshot.json"));
    EXPECT_EQ(error.range()->line, 5u);
  }
}

TEST_F(FolderTest, DropsAMigrationAndReconnectsTheChain) {
  add("a");
  add("b");
  add("c");
  Folder folder = open();
  drop_migration(folder, "0001_n");
  EXPECT_EQ(folder.journal.entries().size(), 2u);
  EXPECT_FALSE(fs::exists(out_ / "0001_n.sql"));
  EXPECT_FALSE(fs::exists(out_ / ".tidemark/down/0001_n.sql"));
  EXPECT_EQ(folder.snapshots.at(1).header.ids.previous, folder.snapshots.at(0).header.ids.id);
  EXPECT_THROW(drop_migration(folder, "0001_n"), Error);
}

TEST_F(FolderTest, NeverGivesANameTwice) {
  EXPECT_EQ(add("a", Prefix::timestamp), "20260101000000_n");
  EXPECT_EQ(add("b", Prefix::timestamp), "20260101000001_n");
  EXPECT_EQ(newest_table(), "b");
}

TEST_F(FolderTest, WithoutPrefixesIsContinued) {
  EXPECT_EQ(add("a", Prefix::none, "first"), "first");
  EXPECT_EQ(add("b", Prefix::none, "another"), "another");
  EXPECT_EQ(add("c", Prefix::none, "another"), "another_2");
  EXPECT_EQ(newest_table(), "c");
  EXPECT_EQ(snapshot_of(open(), open().journal.entries().at(1))->prefix, "0001");
}

TEST_F(FolderTest, KeepsSnapshotsInOrderWhenThePrefixChanges) {
  add("a", Prefix::timestamp);
  EXPECT_EQ(add("b", Prefix::index), "20260101000001_n") << "0001 would sort before the first";
  add("c", Prefix::none, "plain");
  EXPECT_EQ(newest_table(), "c");
  EXPECT_EQ(check_folder(open()).size(), 2u) << "equal times only";
}

TEST_F(FolderTest, OfVersion1IsAppliedButNotWritten) {
  write_file(out_ / "20260102030405_one/migration.sql", "SELECT 1;");
  EXPECT_EQ(open().layout, Layout::v1);
  MigrationFile file = read_migrations(open()).at(0);
  EXPECT_EQ(file.tag, "20260102030405_one");
  EXPECT_EQ(file.when, 1'767'323'045'000);
  try {
    require_writable(open());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.fault(), Fault::usage);
  }
}

TEST_F(FolderTest, KeepsWhatAJournalHoldsBesides) {
  write_file(out_ / "meta/_journal.json",
             R"({"version":"5","dialect":"pg","entries":[{"idx":0,"version":"5","when":1,)"
             R"("tag":"0000_x","breakpoints":true,"note":"mine"}]})");
  add("a");
  EXPECT_THAT(read_file(out_ / "meta/_journal.json"),
              testing::AllOf(HasSubstr("\"note\": \"mine\""), HasSubstr("\"dialect\": \"pg\""),
                             HasSubstr("\"tag\": \"0001_n\"")));
}

TEST_F(FolderTest, UpgradesOldSnapshotsInPlace) {
  add("a");
  fs::path path = out_ / "meta/0000_snapshot.json";
  std::string text = read_file(path);
  std::string old = text;
  old.replace(old.find("\"6\""), 3, "\"5\"");
  write_file(path, old);
  Folder folder = open();
  EXPECT_THROW(load_newest(folder), Error);
  EXPECT_THAT(upgrade_folder(folder), ElementsAre(path));
  EXPECT_EQ(read_file(path), text);
  EXPECT_TRUE(upgrade_folder(folder).empty());
}

TEST_F(FolderTest, WhatAnotherRunAddedMeanwhileIsNotOverwritten) {
  Folder folder = open();
  std::string tag = add("a");
  std::string journal = read_file(folder.journal_path());
  Catalog catalog = with_table("b");

  EXPECT_THROW(write_migration(folder, {.name = name_migration(folder, Prefix::index, "m", now_),
                                        .sql = "x",
                                        .catalog = catalog,
                                        .when = now_}),
               Error);
  EXPECT_EQ(read_file(folder.journal_path()), journal);
  EXPECT_EQ(newest_table(), "a");
  EXPECT_FALSE(fs::exists(folder.sql_path("0000_m")));
}

TEST_F(FolderTest, GetsAModuleForDriversThatCannotReadFiles) {
  Folder folder = open();
  Catalog catalog = with_table("a");
  write_migration(folder, {.name = name_migration(folder, Prefix::index, "n", now_),
                           .sql = "x",
                           .catalog = catalog,
                           .when = now_,
                           .bundle = Bundle::durable_sqlite});
  EXPECT_EQ(read_file(out_ / "migrations.js"),
            "import journal from './meta/_journal.json';\nimport m0000 from './0000_n.sql';\n\n"
            "  export default {\n    journal,\n    migrations: {\n      m0000\n    }\n  }\n  ");
}

TEST(MigrationName, RefusesWhatCannotBeAFile) {
  EXPECT_THROW(name_migration({}, Prefix::index, "a/b", Time()), Error);
  EXPECT_THROW(prefix_named("date"), Error);
}

TEST(SplitAtBreakpoints, KnowsTheLineOfEachStatement) {
  auto pieces =
      split_at_breakpoints("A;--> statement-breakpoint\n\nB\nB;\n--> statement-breakpoint\nC;");
  ASSERT_EQ(pieces.size(), 3u);
  EXPECT_EQ(pieces[0].line, 1u);
  EXPECT_EQ(pieces[1].sql, "B\nB;");
  EXPECT_EQ(pieces[1].line, 3u);
  EXPECT_EQ(pieces[2].line, 6u);
}

}  // namespace
}  // namespace tidemark
