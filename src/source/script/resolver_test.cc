#include "source/script/resolver.h"

#include <gtest/gtest.h>

#include "source/script/test_project.h"

namespace tidemark::script {
namespace {

/// What a specifier means in a file of the project, the project's path left out.
std::string resolved(const TestProject& project, const std::string& specifier,
                     const std::string& from = "main.ts", const std::string& cwd = "") {
  World world(cwd.empty() ? project.path("x").parent_path() : project.path(cwd), {});
  Resolver resolver(world);
  return replace_all(resolver.resolve(specifier, project.path(from)),
                     project.path("x").parent_path().string() + "/", "");
}

TEST(Resolver, AddsEndingsTypeScriptFirst) {
  TestProject project{
      {"a.ts", ""}, {"a.js", ""}, {"b.mjs", ""}, {"c/index.tsx", ""}, {"d.json", ""}};
  EXPECT_EQ(resolved(project, "./a"), "a.ts");
  EXPECT_EQ(resolved(project, "./a.js"), "a.js");
  EXPECT_EQ(resolved(project, "./b"), "b.mjs");
  EXPECT_EQ(resolved(project, "./c"), "c/index.tsx");
  EXPECT_EQ(resolved(project, "./c/"), "c/index.tsx");
  EXPECT_EQ(resolved(project, "../a", "c/index.tsx"), "a.ts");
  EXPECT_EQ(resolved(project, "./d"), "d.json");
}

TEST(Resolver, ReadsCompiledEndingsAsTheirSources) {
  TestProject project{{"a.ts", ""}, {"b.tsx", ""}, {"c.mts", ""}, {"d.cts", ""}};
  EXPECT_EQ(resolved(project, "./a.js"), "a.ts");
  EXPECT_EQ(resolved(project, "./b.jsx"), "b.tsx");
  EXPECT_EQ(resolved(project, "./b.js"), "b.tsx");
  EXPECT_EQ(resolved(project, "./c.mjs"), "c.mts");
  EXPECT_EQ(resolved(project, "./d.cjs"), "d.cts");
}

TEST(Resolver, MissingFilesAreEmptyAndHaveASuggestion) {
  TestProject project{{"users.ts", ""}, {"posts.ts", ""}};
  EXPECT_EQ(resolved(project, "./user"), "");
  World world(project.path("x").parent_path(), {});
  Resolver resolver(world);
  EXPECT_EQ(resolver.suggestion("./user", project.path("main.ts")), "./users");
  EXPECT_EQ(resolver.suggestion("./something", project.path("main.ts")), "");
}

TEST(Resolver, FollowsPathsOfTsconfig) {
  TestProject project{{"tsconfig.json",
                       "{ // comments\n \"compilerOptions\": { \"paths\": { \"@/*\": [\"./lib/*\", "
                       "\"./src/*\"], \"@/db\": [\"./db.ts\"], } }, /* and commas */ }"},
                      {"src/a.ts", ""},
                      {"db.ts", ""}};
  EXPECT_EQ(resolved(project, "@/a"), "src/a.ts");
  EXPECT_EQ(resolved(project, "@/a.js"), "src/a.ts");
  EXPECT_EQ(resolved(project, "@/db"), "db.ts");
  EXPECT_EQ(resolved(project, "@/missing"), "");
}

TEST(Resolver, FollowsExtendsAndSurvivesOneThatIsNotInstalled) {
  TestProject project{
      {"tsconfig.json", R"({"extends": ["@missing/base/tsconfig.json", "./config/base"]})"},
      {"config/base.json",
       R"({"compilerOptions": {"baseUrl": "..", "paths": {"~/*": ["src/*"]}}})"},
      {"src/a.ts", ""}};
  EXPECT_EQ(resolved(project, "~/a"), "src/a.ts");
  EXPECT_EQ(resolved(project, "src/a"), "src/a.ts");  // baseUrl
}

TEST(Resolver, UsesTheNearestTsconfigThenThatOfTheWorkingFolder) {
  TestProject project{
      {"tsconfig.json", R"({"compilerOptions": {"paths": {"@/*": ["./root/*"]}}})"},
      {"root/a.ts", ""},
      {"root/b.ts", ""},
      {"packages/p/tsconfig.json", R"({"compilerOptions": {"paths": {"@/*": ["./src/*"]}}})"},
      {"packages/p/src/a.ts", ""}};
  EXPECT_EQ(resolved(project, "@/a", "packages/p/main.ts"), "packages/p/src/a.ts");
  EXPECT_EQ(resolved(project, "@/b", "packages/p/main.ts"), "root/b.ts");
}

TEST(Resolver, BringsDrizzleNodeAndDotenvItself) {
  TestProject project{{"node_modules/drizzle-orm/index.js", ""}};
  EXPECT_EQ(resolved(project, "drizzle-orm"), "tidemark:drizzle-orm/index.js");
  EXPECT_EQ(resolved(project, "drizzle-orm/pg-core"), "tidemark:drizzle-orm/pg-core/index.js");
  EXPECT_EQ(resolved(project, "drizzle-orm/pg-core/columns/vector_extension/vector"),
            "tidemark:drizzle-orm/pg-core/index.js");
  EXPECT_EQ(resolved(project, "drizzle-kit"), "tidemark:drizzle-kit/index.js");
  EXPECT_EQ(resolved(project, "node:path"), "tidemark:node/path.js");
  EXPECT_EQ(resolved(project, "fs/promises"), "tidemark:node/fs/promises.js");
  EXPECT_EQ(resolved(project, "dotenv/config"), "tidemark:packages/dotenv.js");
  EXPECT_EQ(resolved(project, "@t3-oss/env-nextjs"), "tidemark:packages/t3-env.js");
  EXPECT_EQ(resolved(project, "drizzle-orm/some/new/driver"), "inert:drizzle-orm");
}

TEST(Resolver, StandsInForWhatIsAbsentAndForWhatOnlyDecorates) {
  TestProject project{{"node_modules/zod/index.js", ""},
                      {"node_modules/slug/package.json", R"({"main": "lib/main.js"})"},
                      {"node_modules/slug/lib/main.js", ""}};
  EXPECT_EQ(resolved(project, "zod"), "inert:zod");
  EXPECT_EQ(resolved(project, "@scope/absent/sub"), "inert:@scope/absent");
  EXPECT_EQ(resolved(project, "slug"), "node_modules/slug/lib/main.js");
}

TEST(Resolver, ReadsExportsOfPackages) {
  TestProject project{
      {"node_modules/p/package.json",
       R"({"exports": {".": {"types": "./t.d.ts", "import": {"default": "./esm.js"}},
                           "./sub": "./s.cjs", "./deep/*": "./lib/*.js", "./hidden": null}})"},
      {"node_modules/p/esm.js", ""},
      {"node_modules/p/s.cjs", ""},
      {"node_modules/p/lib/x.js", ""}};
  EXPECT_EQ(resolved(project, "p"), "node_modules/p/esm.js");
  EXPECT_EQ(resolved(project, "p/sub"), "node_modules/p/s.cjs");
  EXPECT_EQ(resolved(project, "p/deep/x"), "node_modules/p/lib/x.js");
}

TEST(Resolver, FindsPackagesOfTheWorkspaceWithoutNodeModules) {
  TestProject project{
      {"package.json", R"({"workspaces": ["packages/*"]})"},
      {"packages/a/package.json", R"({"name": "@w/a", "main": "./dist/index.js"})"},
      {"packages/a/src/index.ts", ""},
      {"packages/b/package.json",
       R"({"name": "@w/b", "exports": {".": "./dist/index.js", "./x/*": "./dist/x/*.js"}})"},
      {"packages/b/src/index.ts", ""},
      {"packages/b/src/x/y.ts", ""},
      {"packages/c/package.json", R"({"name": "@w/c", "types": "./index.d.ts"})"},
      {"packages/c/index.ts", ""}};
  EXPECT_EQ(resolved(project, "@w/a", "packages/c/index.ts"), "packages/a/src/index.ts");
  EXPECT_EQ(resolved(project, "@w/b"), "packages/b/src/index.ts");
  EXPECT_EQ(resolved(project, "@w/b/x/y"), "packages/b/src/x/y.ts");
  EXPECT_EQ(resolved(project, "@w/c"), "packages/c/index.ts");
  EXPECT_EQ(resolved(project, "@w/a/missing"), "");
}

TEST(Resolver, ReadsPnpmWorkspaces) {
  TestProject project{
      {"pnpm-workspace.yaml",
       "packages:\n  - 'apps/*'   # comment\n  - \"libs/**\"\nother:\n  - nothing\n"},
      {"apps/a/package.json", R"({"name": "a"})"},
      {"apps/a/index.ts", ""},
      {"libs/deep/er/package.json", R"({"name": "er"})"},
      {"libs/deep/er/src/index.ts", ""}};
  EXPECT_EQ(resolved(project, "a", "apps/a/x.ts", "apps/a"), "apps/a/index.ts");
  EXPECT_EQ(resolved(project, "er", "apps/a/x.ts", "apps/a"), "libs/deep/er/src/index.ts");
}

TEST(Resolver, FollowsLinksInNodeModulesToTheirSources) {
  TestProject project{{"libs/a/package.json", R"({"name": "a", "main": "dist/index.js"})"},
                      {"libs/a/src/index.ts", ""},
                      {"node_modules/.keep", ""}};
  std::filesystem::create_directory_symlink("../libs/a", project.path("node_modules/a"));
  EXPECT_EQ(resolved(project, "a"), "libs/a/src/index.ts");
}

TEST(Resolver, ReadsImportsOfThePackage) {
  TestProject project{{"package.json", R"({"imports": {"#db/*": "./src/db/*.ts"}})"},
                      {"src/db/a.ts", ""}};
  EXPECT_EQ(resolved(project, "#db/a"), "src/db/a.ts");
  EXPECT_EQ(resolved(project, "#db/b"), "");
}

}  // namespace
}  // namespace tidemark::script
