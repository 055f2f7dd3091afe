// The semantics of modules, as the peer's loader has them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "source/script/test_project.h"

namespace tidemark::script {
namespace {

using testing::HasSubstr;

TEST(Modules, ExportsComeInTheOrderOfTheirBytes) {
  TestProject project{{"a.ts", "export const b = 1, a10 = 2, a9 = 3, Z = 4, _c = 5, $d = 6;"},
                      {"main.ts", "import * as a from './a'; export default Object.keys(a);"}};
  EXPECT_EQ(project.run(), R"(["$d","Z","_c","a10","a9","b"])");
}

TEST(Modules, CommonJsKeepsTheOrderItWasWrittenIn) {
  TestProject project{{"a.cjs", "exports.b = 1; exports.a = 2;"},
                      {"main.cjs", "module.exports = Object.keys(require('./a.cjs'));"}};
  EXPECT_EQ(project.run("main.cjs"), R"(["b","a"])");
}

TEST(Modules, NamesGainedByStarComeBehindTheirOwn) {
  TestProject project{{"a.ts", "export const a = 1;"},
                      {"b.ts", "export * from './a'; export const z = 2;"},
                      {"main.ts", "import * as b from './b'; export default Object.keys(b);"}};
  EXPECT_EQ(project.run(), R"(["z","a"])");
}

TEST(Modules, TheFirstOfTwoEqualNamesWins) {
  TestProject project{{"a.ts", "export const x = 'a', y = 'a';"},
                      {"b.ts", "export const x = 'b', y = 'b';"},
                      {"all.ts", "export * from './a'; export * from './b'; export const y = 1;"},
                      {"main.ts", "import { x, y } from './all'; export default [x, y];"}};
  EXPECT_EQ(project.run(), R"(["a",1])");
}

TEST(Modules, StarLeavesTheDefaultBehind) {
  TestProject project{{"a.ts", "export default 1; export const b = 2;"},
                      {"all.ts", "export * from './a';"},
                      {"main.ts", "import * as all from './all'; export default {...all};"}};
  EXPECT_EQ(project.run(), R"({"b":2})");
}

TEST(Modules, AMissingNameIsUndefined) {
  TestProject project{{"a.ts", "export const a = 1;"},
                      {"b.ts", "export { nothing } from './a'; export interface Type {}"},
                      {"main.ts",
                       "import { nothing, Type } from './b'; import { none } from './a';\n"
                       "export { Type } from './b';\n"
                       "export default [typeof nothing, typeof none, typeof Type];"}};
  EXPECT_EQ(project.run(), R"(["undefined","undefined","undefined"])");
}

TEST(Modules, BindingsAreLive) {
  TestProject project{{"a.ts", "export let n = 0; export function step() { n++; }"},
                      {"main.ts",
                       "import { n, step } from './a'; import * as a from './a';\n"
                       "step(); step(); export default [n, a.n];"}};
  EXPECT_EQ(project.run(), "[2,2]");
}

TEST(Modules, CyclesSeeWhatIsThereWhenItIsUsed) {
  TestProject project{{"a.ts",
                       "import { b } from './b'; export const a = { id: 'a', other: () => b.id };\n"
                       "export function early() { return 'hoisted'; }"},
                      {"b.ts",
                       "import { a, early } from './a';\n"
                       "export const b = { id: 'b', other: () => a.id, early: early() };"},
                      {"main.ts",
                       "import { a } from './a'; import { b } from './b';\n"
                       "export default [a.other(), b.other(), b.early];"}};
  EXPECT_EQ(project.run(), R"(["b","a","hoisted"])");
}

TEST(Modules, ACycleThroughABarrelWorks) {
  TestProject project{{"index.ts", "export * from './a'; export * from './b';"},
                      {"a.ts", "import { b } from '.'; export const a = { of: () => b };"},
                      {"b.ts", "import { a } from './index'; export const b = typeof a.of;"},
                      {"main.ts", "import { a } from '.'; export default a.of();"}};
  EXPECT_EQ(project.run(), R"("function")");
}

TEST(Modules, UsingANameBeforeItsLineIsAnErrorWithAPlace) {
  TestProject project{{"a.ts", "import { b } from './b';\nexport const a = b;"},
                      {"b.ts", "import { a } from './a';\nexport const b = a + 1;"},
                      {"main.ts", "import './a'; export default 1;"}};
  std::string error = project.error();
  EXPECT_THAT(error, HasSubstr("b.ts:2:18"));
  EXPECT_THAT(error, HasSubstr("used before its line has run"));
}

TEST(Modules, AModuleRunsOnceAndImportsComeFirst) {
  TestProject project{{"log.ts", "export const log: string[] = [];"},
                      {"a.ts", "import { log } from './log'; log.push('a');"},
                      {"b.ts", "import { log } from './log'; import './a'; log.push('b');"},
                      {"main.ts",
                       "import { log } from './log'; log.push('main');\n"
                       "import './b'; import './a'; import './b.js'; export default log;"}};
  EXPECT_EQ(project.run(), R"(["a","b","main"])");
}

TEST(Modules, DefaultsOfCommonJsAreTheWholeModule) {
  TestProject project{{"a.cjs", "module.exports = { x: 1 };"},
                      {"main.ts",
                       "import a, { x } from './a.cjs'; import * as all from './a.cjs';\n"
                       "export default [a.x, x, all.x, all.default.x];"}};
  EXPECT_EQ(project.run(), "[1,1,1,1]");
}

TEST(Modules, DefaultsOfEveryKind) {
  TestProject project{{"f.ts", "export default function () { return 'f'; }"},
                      {"c.ts", "export default class { name() { return 'c'; } }"},
                      {"v.ts", "const v = { v: 1 }; export { v as default };"},
                      {"r.ts", "export { default, default as again } from './v';"},
                      {"main.ts",
                       "import f from './f'; import C from './c'; import r, { again } from './r';\n"
                       "export default [f(), new C().name(), r, again];"}};
  EXPECT_EQ(project.run(), R"(["f","c",{"v":1},{"v":1}])");
}

TEST(Modules, ImportsWithoutUsesAreNotLoaded) {
  TestProject project{{"broken.ts", "throw new Error('loaded');"},
                      {"main.ts",
                       "import { Type } from './broken'; const x: Type = 1 as any;\n"
                       "export default x;"}};
  EXPECT_EQ(project.run(), "1");
}

TEST(Modules, TopLevelAwaitAndDynamicImport) {
  TestProject project{{"a.ts", "export const a = await Promise.resolve(1);"},
                      {"main.ts",
                       "import { a } from './a';\nconst b = await import('./a');\n"
                       "export default [a, b.a];"}};
  EXPECT_EQ(project.run(), "[1,1]");
}

TEST(Modules, AwaitingTheWorldIsAnError) {
  TestProject project{{"main.ts", "await new Promise(() => {});\nexport default 1;"}};
  EXPECT_THAT(project.error(), HasSubstr("never settles"));
}

TEST(Modules, KnowWhereTheyAre) {
  TestProject project{
      {"lib/a.ts",
       "import { fileURLToPath } from 'node:url';\n"
       "export const here = [import.meta.dirname.split('/').pop(), "
       "__filename.split('/').pop(), fileURLToPath(import.meta.url) === __filename];"},
      {"main.ts", "export { here as default } from './lib/a';"}};
  EXPECT_EQ(project.run(), R"(["lib","a.ts",true])");
}

TEST(Modules, MayDeclareWhatCommonJsBrings) {
  TestProject project{{"main.mts",
                       "import { createRequire } from 'module'; import path from 'path';\n"
                       "const require = createRequire(import.meta.url);\n"
                       "const __dirname = path.dirname('/a/b');\n"
                       "export default [__dirname, require('./a.json').x];"},
                      {"a.json", "{\"x\": 1}"}};
  EXPECT_EQ(project.run("main.mts"), R"(["/a",1])");
}

TEST(Modules, EnumsClassesAndNamespacesRun) {
  TestProject project{
      {"a.ts",
       "export enum Color { Red, Green = 5, Blue, Name = 'x', Sum = Green | 2 }\n"
       "export const enum Size { Small = 'S' }\n"
       "export namespace Util { export const twice = (n: number) => n * 2; export type T = 1; }\n"
       "abstract class Base<T> { constructor(protected readonly value: T) {} abstract f(): T; }\n"
       "export class Child extends Base<number> { constructor(value: number, public x?: string) "
       "{ super(value); } f(): number { return this.value; } }\n"},
      {"main.ts",
       "import { Color, Size, Util, Child } from './a';\n"
       "export default [Color.Blue, Color[5], Color.Sum, Object.values(Size), Util.twice(2),\n"
       "  new Child(3, 'y').f(), { ...new Child(3, 'y') }] satisfies unknown[];"}};
  EXPECT_EQ(project.run(), R"([6,"Green",7,["S"],4,3,{"value":3,"x":"y"}])");
}

TEST(Modules, JavaScriptThatOnlyLooksLikeTypesIsLeftAlone) {
  TestProject project{{"main.js", "const a = 1, b = 2, c = 3;\nexport default [a < b, b > (c)];"}};
  EXPECT_EQ(project.run("main.js"), "[true,false]");
}

}  // namespace
}  // namespace tidemark::script
