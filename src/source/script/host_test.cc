#include "source/script/host.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "source/script/test_project.h"

namespace tidemark::script {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Host, GivesTheDefaultExportOfAConfiguration) {
  TestProject project{{"main.ts",
                       "import 'dotenv/config';\nimport { defineConfig } from 'drizzle-kit';\n"
                       "export default defineConfig({ dialect: 'postgresql', out: './drizzle',\n"
                       "  dbCredentials: { url: process.env.DATABASE_URL! } });"}};
  project.options.environment = {{"DATABASE_URL", "postgres://localhost/x"}};
  EXPECT_EQ(
      project.run(),
      R"({"dialect":"postgresql","out":"./drizzle","dbCredentials":{"url":"postgres://localhost/x"}})");
}

TEST(Host, ReadsConfigurationsInEveryDialectOfJavaScript) {
  TestProject project{{"a.cjs", "module.exports = { out: 'a' };"},
                      {"b.mjs", "export default { out: 'b' };"},
                      {"c.json", R"({"out": "c"})"},
                      {"d.js", "exports.default = { out: 'd' };"},
                      {"e.cts", "export = { out: 'e' as string };"}};
  EXPECT_EQ(project.run("a.cjs"), R"({"out":"a"})");
  EXPECT_EQ(project.run("b.mjs"), R"({"out":"b"})");
  EXPECT_EQ(project.run("c.json"), R"({"out":"c"})");
  EXPECT_EQ(project.run("d.js"), R"({"out":"d"})");
  EXPECT_EQ(project.run("e.cts"), R"({"out":"e"})");
}

TEST(Host, AStandInsValueMayBeACredentialButNotTheDialect) {
  TestProject project{{"main.ts",
                       "import { env } from 'absent';\n"
                       "export default { out: 'x', dbCredentials: { url: env.URL } };"},
                      {"bad.ts",
                       "import { env } from 'absent';\n"
                       "export default { dialect: env.DIALECT };"}};
  EXPECT_EQ(project.run(), R"({"out":"x","dbCredentials":{}})");
  EXPECT_THAT(project.error("bad.ts"), AllOf(HasSubstr("absent"), HasSubstr("bad.ts:1:21")));
}

TEST(Host, EvaluatesASchemaToADocument) {
  TestProject project{{"schema.ts",
                       "import { pgTable, integer } from 'drizzle-orm/pg-core';\n"
                       "export const users = pgTable('users', { id: integer().primaryKey() });"}};
  json::object document = project.schema({"schema.ts"});
  EXPECT_TRUE(document["errors"].as_array().empty());
  EXPECT_TRUE(document["snapshot"].as_object()["tables"].as_object().contains("public.users"));
}

TEST(Host, KnowsPlacesWhenAskedForThem) {
  TestProject project{
      {"schema.ts",
       "import { pgTable, integer } from 'drizzle-orm/pg-core';\n"
       "export const users = pgTable('users', {\n  id: integer().primaryKey() });"}};
  json::object origins = project.schema({"schema.ts"}, true)["origins"].as_object();
  EXPECT_EQ(json::serialize(origins["columns"]), R"({"public.users":{"id":[0,3,7]}})");
}

TEST(Host, EvaluatesForAnyThread) {
  TestProject good{{"main.ts", "export default { out: [1, [2]].flat(2).join('') };"}};
  TestProject endless{{"main.ts", "function f() { return f(); }\nexport default f();"}};
  std::string answer, error;
  std::thread([&] {
    answer = good.run();
    error = endless.error();
  }).join();
  EXPECT_EQ(answer, R"({"out":"12"})");
  EXPECT_THAT(error, HasSubstr("main.ts:1"));
}

TEST(Host, TellsOfRelationsThatSayByWhichColumns) {
  TestProject project{
      {"schema.ts",
       "import { relations } from 'drizzle-orm';\n"
       "import { pgTable, integer } from 'drizzle-orm/pg-core';\n"
       "export const a = pgTable('a', { id: integer(), of: integer('b_id') });\n"
       "export const b = pgTable('b', { id: integer() });\n"
       "export const more = relations(b, ({ many }) => ({ as: many(a) }));\n"
       "export const bad = relations(b, () => { throw new Error('where it is used'); });\n"
       "export const told = relations(a, ({ one }) => ({\n"
       "  b: one(b, { fields: [a.of], references: [b.id] }), self: one(a) }));\n"}};
  json::object document = project.schema({"schema.ts"}, /*places=*/true);
  EXPECT_EQ(json::serialize(document["relations"]),
            R"([{"tableFrom":"a","key":{"name":"b","columnsFrom":["b_id"],"tableTo":"b",)"
            R"("columnsTo":["id"]}}])");
}

TEST(Host, SyntaxErrorsHaveAPlaceACaretAndAdvice) {
  TestProject project{{"main.ts", "export default {\n  a: 'ü',\n  b: f(1)\n  c: 2,\n};\n"}};
  EXPECT_EQ(project.error(),
            "error: missing } after property list\n"
            "  --> main.ts:4:3\n"
            " 4 |   c: 2,\n"
            "   |   ^\n"
            "  help: put a comma before it, or close the { above\n");
}

TEST(Host, SyntaxErrorsInTypedFilesAreFoundWhereTheyAre) {
  TestProject project{{"main.ts",
                       "const a: number = 1;\nconst b: string[] = [1 2];\n"
                       "const c = <T,>(x: T): T => x;\nexport default 1;\n"}};
  EXPECT_THAT(project.error(), HasSubstr("main.ts:2:24"));
}

TEST(Host, OneNameForTwoExportsIsAnError) {
  TestProject project{{"main.ts", "import './a';\nexport default 1;"},
                      {"a.ts", "const b = 1;\nexport { b as x };\nexport const x = 2;"},
                      {"merged.ts",
                       "export enum E { A }\nexport enum E { B = 1 }\n"
                       "export default Object.keys(E).length;"}};
  EXPECT_THAT(project.error(), AllOf(HasSubstr("'x' is exported twice"), HasSubstr("a.ts:3:14")));
  EXPECT_EQ(project.run("merged.ts"), "4");
}

TEST(Host, UnknownImportsAreShownWithASuggestion) {
  TestProject project{{"main.ts", "import { a } from './helpr';\nexport default a;\n"},
                      {"helper.ts", "export const a = 1;"}};
  EXPECT_THAT(project.error(),
              AllOf(HasSubstr("cannot find the module './helpr'"), HasSubstr("main.ts:1:19"),
                    HasSubstr("^^^^^^^^^"), HasSubstr("did you mean './helper'?")));
}

TEST(Host, ErrorsThrownInsideAnImportedFileNameThatFile) {
  TestProject project{{"main.ts", "import './a';\nexport default 1;"},
                      {"a.ts", "const x = undefined as any;\nx.y.z;"}};
  EXPECT_THAT(project.error(), HasSubstr("a.ts:2"));
}

TEST(Host, ColumnsCountBytesBehindOtherAlphabets) {
  TestProject project{{"main.ts", "const ä = 'é'; null.x;\nexport default 1;"}};
  EXPECT_THAT(project.error(), HasSubstr("const ä = 'é'; null.x;\n   |                ^"));
}

TEST(Host, EndlessLoopsEndInAMessage) {
  TestProject project{{"main.ts", "let n = 0;\nfor (;;) {\n  try { n++; } catch {}\n}\n"}};
  project.options.time_limit = 300ms;
  EXPECT_THAT(project.error(), AllOf(HasSubstr("runs without end"), HasSubstr("main.ts:")));
}

TEST(Host, EndlessRecursionEndsInAMessage) {
  TestProject project{
      {"main.ts", "function f(n: number): number {\n  return f(n + 1) + 1;\n}\nf(0);"}};
  EXPECT_THAT(project.error(), AllOf(HasSubstr("too much recursion"), HasSubstr("main.ts:2")));
}

TEST(Host, FloodsOfMemoryEndInAMessage) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer ends a process that is refused memory in its own way";
#endif
  TestProject project{
      {"strings.ts",
       "let s = 'x'.repeat(1e6); const all = [];\nfor (;;) all.push(s + all.length + "
       "s.split('').join('-'));"},
      {"buffers.ts", "const all = [];\nfor (;;) all.push(new ArrayBuffer(1e7));"},
      {"objects.ts", "let list = null;\nfor (;;) list = { list, more: [1, 2, 3] };"}};
  project.options.memory_limit = std::size_t{200} << 20;
  for (const char* file : {"strings.ts", "buffers.ts", "objects.ts"})
    EXPECT_THAT(project.error(file), AllOf(HasSubstr("MB of memory"), HasSubstr(file))) << file;
}

TEST(Host, AHostThatLostItsChildSaysSo) {
  TestProject project{{"main.ts", "let a = [];\nfor (;;) a.push(new ArrayBuffer(1e8));"},
                      {"good.ts", "export default 1;"}};
  project.options.memory_limit = std::size_t{50} << 20;
  EXPECT_THAT(project.error(), Not(HasSubstr("no error")));
  EXPECT_EQ(project.run("good.ts"), "1");
}

TEST(Host, ScriptsReadInsideTheProjectOnly) {
  TestProject project{
      {"main.ts",
       "import fs from 'node:fs';\n"
       "const refused = (f: () => unknown) => { try { f(); return false; } catch { return true; } "
       "};\n"
       "export default [fs.readFileSync('./a.txt', 'utf8'), fs.existsSync('./b.txt'),\n"
       "  refused(() => fs.readFileSync('/etc/passwd', 'utf8')),\n"
       "  refused(() => fs.readFileSync('../../etc/passwd', 'utf8')),\n"
       "  refused(() => fs.readFileSync('./link', 'utf8')),\n"
       "  refused(() => fs.writeFileSync('./a.txt', ''))];"},
      {"a.txt", "inside"}};
  std::filesystem::create_symlink("/etc/passwd", project.path("link"));
  EXPECT_EQ(project.run(), R"(["inside",false,true,true,true,true])");
}

TEST(Host, ConsoleDoesNotDisturbTheAnswer) {
  TestProject project{{"main.ts", "console.log('%s is %d', 'x', 1, { a: 1 });\nexport default 1;"}};
  testing::internal::CaptureStderr();
  EXPECT_EQ(project.run(), "1");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "x is 1 {\"a\":1}\n");
}

TEST(Host, AnExitOfTheScriptIsAnError) {
  TestProject project{{"main.ts", "process.exit(3);"}};
  EXPECT_THAT(project.error(), AllOf(HasSubstr("process.exit(3)"), HasSubstr("main.ts:1")));
}

TEST(Host, BringsNewerLibraryFunctions) {
  TestProject project{
      {"main.js",
       "export default [[3, 1, 2].toSorted(), [1, 2].toReversed(), [1, 2].with(0, 9),\n"
       "  [1, 2, 3].findLast((n) => n < 3), Object.groupBy([1, 2, 3], (n) => n % 2 ? 'a' : 'b'),\n"
       "  structuredClone({ a: [new Date(0)] }), new "
       "URL('postgres://u:p@h:5432/d?x=1').searchParams.get('x'),\n"
       "  new TextEncoder().encode('ü').length, Buffer.from('aGk=', 'base64').toString(),\n"
       "  await Array.fromAsync([Promise.resolve(1)]), typeof setTimeout(() => {}, 1),\n"
       "  crypto.randomUUID().length, new Set([1]).union(new Set([2])).size];"}};
  EXPECT_EQ(
      project.run("main.js"),
      R"([[1,2,3],[2,1],[9,2],2,{"a":[1,3],"b":[2]},{"a":["1970-01-01T00:00:00.000Z"]},"1",2,"hi",[1],"object",36,2])");
}

TEST(Host, BringsModulesOfNode) {
  TestProject project{
      {"main.ts",
       "import path, { join } from 'node:path'; import { createHash } from 'crypto';\n"
       "import { fileURLToPath, URL } from 'url'; import os from 'os'; import { format } from "
       "'util';\n"
       "export default [join('a', '..', 'b'), path.relative('/a/b', '/a/c'), "
       "path.extname('x.ts'),\n"
       "  createHash('sha256').update('abc').digest('hex').slice(0, 8), "
       "fileURLToPath('file:///a%20b'),\n"
       "  new URL('../x', 'http://h/a/b/c').href, os.EOL, format('%s', 1)];"}};
  EXPECT_EQ(project.run(), R"(["b","../c",".ts","ba7816bf","/a b","http://h/a/x","\n","1"])");
}

TEST(Host, ReadsT3EnvAsTheEnvironment) {
  TestProject project{
      {"main.ts",
       "import { createEnv } from '@t3-oss/env-nextjs'; import { z } from 'zod';\n"
       "const env = createEnv({ server: { DB: z.string().url() }, runtimeEnv: process.env });\n"
       "export default env.DB;"}};
  project.options.environment = {{"DB", "file:x"}};
  EXPECT_EQ(project.run(), R"("file:x")");
}

TEST(Host, APackageThatCannotRunIsStoodInFor) {
  TestProject project{
      {"node_modules/native/index.js", "process.binding('x'); throw 1;"},
      {"main.ts", "import n from 'native';\nexport default [typeof n.anything()];"}};
  EXPECT_EQ(project.run(), R"(["function"])");
}

TEST(Host, AnswersEachRequestWithItsOwnAnswer) {
  TestProject project{{"drizzle.config.ts", "export default { dialect: 'sqlite' };"},
                      {"schema.ts", "export const nothing = 1;"}};
  Host host({.cwd = project.path("x").parent_path()});
  std::filesystem::path schema = project.path("schema.ts");
  host.start_schema({&schema, 1}, Engine::postgresql, Casing::none);
  EXPECT_EQ(json::serialize(host.load_config(project.path("drizzle.config.ts"))),
            R"({"dialect":"sqlite"})");
  EXPECT_NE(host.finish_schema().find(R"("dialect":"postgresql")"), std::string::npos);
}

}  // namespace
}  // namespace tidemark::script
