#include "source/glob.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>

#include "base/files.h"
#include "source/schema_files.h"
#include "tidemark/error.h"

namespace tidemark {
namespace {

using testing::ElementsAre;

TEST(GlobPattern, BracesAreWrittenOutAndMayNest) {
  EXPECT_THAT(expand_braces("a{b,c{d,e}}f"), ElementsAre("abf", "acdf", "acef"));
  EXPECT_THAT(expand_braces("s{1..3}.ts"), ElementsAre("s1.ts", "s2.ts", "s3.ts"));
  EXPECT_THAT(expand_braces("{a}.ts"), ElementsAre("{a}.ts"));
}

TEST(GlobPattern, SegmentsKnowStarsClassesAndChoices) {
  EXPECT_TRUE(segment_matches("*.schema.ts", "user.schema.ts"));
  EXPECT_FALSE(segment_matches("*.schema.ts", "schema.ts"));
  EXPECT_TRUE(segment_matches("[a-c]?.ts", "b1.ts"));
  EXPECT_FALSE(segment_matches("[!a-c]*", "abc"));
  EXPECT_TRUE(segment_matches("@(user|post).ts", "post.ts"));
  EXPECT_TRUE(segment_matches("!(*.test).ts", "a.ts"));
  EXPECT_FALSE(segment_matches("!(index).ts", "index.ts"));
  EXPECT_TRUE(segment_matches("+(ab).ts", "abab.ts"));
}

TEST(GlobPattern, NamesSortAsAPersonWouldSortThem) {
  std::vector<std::string> names = {"b.ts",  "A.ts",   "a.ts",  "B.ts",
                                    "a1.ts", "a-b.ts", "_a.ts", "a/b.ts"};
  std::ranges::sort(names, glob_less);
  EXPECT_THAT(names,
              ElementsAre("_a.ts", "a-b.ts", "a.ts", "A.ts", "a/b.ts", "a1.ts", "b.ts", "B.ts"));
}

class GlobTest : public testing::Test {
 protected:
  void SetUp() override {
    cwd_ = std::filesystem::temp_directory_path() / ("tidemark-glob-" + std::to_string(getpid()));
    std::filesystem::remove_all(cwd_);
    for (const char* file : {"src/b.ts", "src/a.ts", "src/notes.md", "src/deep/c.ts",
                             "src/.hidden/d.ts", "src/node_modules/x/e.ts", "src/types.d.ts"})
      write_file(cwd_ / file, "");
  }
  void TearDown() override { std::filesystem::remove_all(cwd_); }

  std::vector<std::string> files(std::vector<std::string> entries) {
    std::vector<std::string> out;
    for (const auto& file : schema_files(cwd_, entries).files)
      out.push_back(file.lexically_relative(cwd_).string());
    return out;
  }

  std::filesystem::path cwd_;
};

TEST_F(GlobTest, TwoStarsEnterNeitherHiddenFoldersNorInstalledPackages) {
  EXPECT_THAT(glob(cwd_, "./src/**/*.ts"),
              ElementsAre("./src/a.ts", "./src/b.ts", "./src/deep/c.ts", "./src/types.d.ts"));
}

TEST_F(GlobTest, AnAbsolutePatternGivesAbsolutePaths) {
  EXPECT_THAT(glob("/", cwd_.string() + "/src/{a,b}.*"),
              ElementsAre(cwd_.string() + "/src/a.ts", cwd_.string() + "/src/b.ts"));
}

TEST_F(GlobTest, AFolderIsItsOwnScriptsAndNothingBelow) {
  EXPECT_THAT(files({"./src"}), ElementsAre("src/a.ts", "src/b.ts"));
  EXPECT_THAT(files({"src/"}), ElementsAre("src/a.ts", "src/b.ts"));
}

TEST_F(GlobTest, EntriesKeepTheirOrderAndEachFileComesOnce) {
  EXPECT_THAT(files({"src/b.ts", "src/*.ts", "!src/a.ts"}), ElementsAre("src/b.ts"));
  EXPECT_THAT(files({"src/deep/c.ts", "src"}),
              ElementsAre("src/deep/c.ts", "src/a.ts", "src/b.ts"));
}

TEST_F(GlobTest, NothingFoundNamesThePatterns) {
  try {
    files({"lib/*.ts", "schema.ts"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.message(), "no schema files found for lib/*.ts, schema.ts");
  }
}

}  // namespace
}  // namespace tidemark
