#include "engine/blocks.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

const MigrationFile blocks{.tag = "0001_blocks", .sql = R"(
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM information_schema.columns WHERE column_name = 'old') THEN
    ALTER TABLE "users" RENAME COLUMN "old" TO "young"; -- alter table users rename a to b
  END IF;
END $$;
DO LANGUAGE plpgsql 'BEGIN alter table teams rename to groups; END';
ALTER TABLE users RENAME x TO y;)"};

TEST(BlockRenames, AreBelievedWhereTheRecordBearsThemOut) {
  ImageChanges recorded = {{"column public.users.old", {"text", {}}},
                           {"column public.users.young", {{}, "text"}}};
  Renames found = block_renames(blocks, recorded);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].table, (Path{.schema = "public", .name = "users"}));
  EXPECT_EQ(found[0].before.name, Name("old"));
  EXPECT_EQ(found[0].after.name, Name("young"));
  recorded["table public.teams"] = {"r p", {}};
  recorded["table public.groups"] = {{}, "r p"};
  EXPECT_EQ(block_renames(blocks, recorded).size(), 2U);
}

TEST(BlockRenames, MayNotHaveRun) {
  EXPECT_TRUE(block_renames(blocks, {}).empty());
  EXPECT_TRUE(block_renames(blocks, {{"column public.users.young", {{}, "text"}}}).empty());
}

bool writes(const char* sql) { return block_writes_rows({.sql = sql}); }

TEST(Blocks, WriteRowsWhereAStatementInThemDoes) {
  EXPECT_TRUE(writes("DO $$ BEGIN DELETE FROM t; END $$"));
  EXPECT_TRUE(writes("DO $x$ BEGIN IF true THEN UPDATE t SET a = 1; END IF; END $x$"));
  EXPECT_TRUE(writes("DO 'BEGIN EXECUTE ''INSERT INTO t VALUES (1)''; END'"));
  EXPECT_TRUE(writes("DO $$ BEGIN EXECUTE format('UPDATE %I SET a = 1', 't'); END $$"));
  EXPECT_FALSE(
      writes("DO $$ BEGIN ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES u (a) "
             "ON DELETE cascade ON UPDATE no action; EXCEPTION WHEN duplicate_object THEN "
             "null; END $$"));
  EXPECT_FALSE(writes("DO $$ BEGIN PERFORM 1 FROM t FOR UPDATE; END $$"));
  EXPECT_FALSE(
      writes("DO $$ BEGIN CREATE TRIGGER a BEFORE INSERT OR UPDATE ON t EXECUTE FUNCTION "
             "f(); END $$"));
  EXPECT_TRUE(writes("DO $$ BEGIN WITH n AS (SELECT 1) UPDATE t SET a = 1; END $$"));
  EXPECT_FALSE(writes("DO $$ BEGIN CREATE TYPE a AS ENUM('insert', 'update', 'delete'); END $$"));
  EXPECT_FALSE(writes("DO $$ BEGIN GRANT SELECT, UPDATE, TRUNCATE ON t TO bob; END $$"));
  EXPECT_FALSE(writes("DO $$ BEGIN RAISE NOTICE 'UPDATE t SET a = 1'; END $$"));
  EXPECT_FALSE(writes("DO $$ BEGIN ALTER TABLE t ADD COLUMN st text DEFAULT 'update'; END $$"));
  EXPECT_FALSE(
      writes("DO $$ BEGIN CREATE TRIGGER a AFTER TRUNCATE ON t EXECUTE FUNCTION f(); END $$"));
  EXPECT_FALSE(writes("DELETE FROM t"));
}

}  // namespace
}  // namespace tidemark
