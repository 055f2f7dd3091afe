#include "source/script/module_syntax.h"

#include <gtest/gtest.h>

#include <string>

namespace tidemark::script {
namespace {

/// A line for each thing that was found.
std::string summary(const ModuleSyntax& syntax) {
  std::string out;
  for (const ModuleRequest& one : syntax.requests) out += "from " + one.specifier + "; ";
  for (const ImportedName& one : syntax.imports)
    out += "import " + std::to_string(one.request) + "." + one.imported + " " + one.local + "; ";
  for (const ExportedName& one : syntax.exports)
    out += "export " + one.exported + "=" + one.local + "; ";
  for (const ImportedName& one : syntax.reexports)
    out += "reexport " + std::to_string(one.request) + "." + one.imported + " " + one.local + "; ";
  for (std::size_t one : syntax.stars) out += "star " + std::to_string(one) + "; ";
  return out;
}

std::string of(std::string_view text, Language language = Language::javascript) {
  return summary(lower_modules(text, language));
}

std::string code(std::string_view text) { return lower_modules(text, Language::javascript).code; }

TEST(ModuleSyntax, ReadsEveryFormOfImport) {
  EXPECT_EQ(of("import a from 'x'"), "from x; import 0.default a; ");
  EXPECT_EQ(of("import * as a from 'x';"), "from x; import 0.* a; ");
  EXPECT_EQ(of("import a, { b, c as d, 'e-f' as g } from \"x\";"),
            "from x; import 0.default a; import 0.b b; import 0.c d; import 0.e-f g; ");
  EXPECT_EQ(of("import a, * as b from 'x'"), "from x; import 0.default a; import 0.* b; ");
  EXPECT_EQ(of("import 'x'"), "from x; ");
  EXPECT_EQ(of("import {} from 'x'"), "from x; ");
  EXPECT_EQ(of("import from from 'x'"), "from x; import 0.default from; ");
  EXPECT_EQ(of("import type from 'x'"), "from x; import 0.default type; ");
  EXPECT_EQ(of("import x from './a.json' with { type: 'json' };"),
            "from ./a.json; import 0.default x; ");
}

TEST(ModuleSyntax, ReadsEveryFormOfExport) {
  EXPECT_EQ(of("export const a = 1, b = [2, 3], c = (4, 5)"),
            "export a=a; export b=b; export c=c; ");
  EXPECT_EQ(of("export const { a, b: { c = 1 }, ...d } = e, [f, , ...g] = h"),
            "export a=a; export c=c; export d=d; export f=f; export g=g; ");
  EXPECT_EQ(of("export function f() {} export async function* g() {} export class C {}"),
            "export C=C; export f=f; export g=g; ");
  EXPECT_EQ(of("export { a, b as c, d as default }"), "export a=a; export c=b; export default=d; ");
  EXPECT_EQ(of("export { a, b as c } from 'x'"), "from x; reexport 0.a a; reexport 0.b c; ");
  EXPECT_EQ(of("export * from 'x'; export * as y from 'z'"),
            "from x; from z; reexport 1.* y; star 0; ");
  EXPECT_EQ(of("export default f(1)"), "export default=$default; ");
  EXPECT_EQ(of("export default function f() {}"), "export default=f; ");
}

TEST(ModuleSyntax, EndsAStatementWhereNoSemicolonStands) {
  EXPECT_EQ(of("export const a = b\nlet c, d"), "export a=a; ");
  EXPECT_EQ(of("export const a = b\n  .c(1)\n  .d(2), e = 1"), "export a=a; export e=e; ");
  EXPECT_EQ(of("export const a = () => {\n  let x, y\n}\nlet z, w"), "export a=a; ");
  EXPECT_EQ(of("export const a = `${b}, c`, d = /,/"), "export a=a; export d=d; ");
}

TEST(ModuleSyntax, SortsExportsByTheirBytes) {
  EXPECT_EQ(of("export const b = 1, a10 = 1, a9 = 1, _c = 1, $d = 1, Z = 1"),
            "export $d=$d; export Z=Z; export _c=_c; export a10=a10; export a9=a9; export b=b; ");
}

TEST(ModuleSyntax, LeavesLinesAndColumnsInPlace) {
  EXPECT_EQ(code("import {\n a } from 'x'\nexport const b = a;"),
            ";       \n             \n       const b = a;");
  EXPECT_EQ(code("export default { a: 1 }"), "var $default = { a: 1 }");
  EXPECT_EQ(code("export default function () {}"), "               function $default () {}");
  EXPECT_EQ(code("export default class extends A {}"),
            "               class $default extends A {}");
  EXPECT_EQ(code("const a = import.meta.url; const b = import('x');"),
            "const a = import_meta.url; const b = $mport('x');");
}

TEST(ModuleSyntax, SetsExportedCallsApartWithoutMovingThem) {
  auto apart = [](std::string_view text) {
    return lower_modules(text, Language::javascript, ExportedCalls::apart).code;
  };
  EXPECT_EQ(apart("export const a = f(1, (t) => [t.b]).c(); d()"),
            "const a=    (()=>f(1, (t) => [t.b]).c())(); d()");
  EXPECT_EQ(apart("export const a = f({\n  b: 1,\n})\nexport const c = g()"),
            "const a=    (()=>f({\n  b: 1,\n}))()\nconst c=    (()=>g())()");
  for (std::string_view kept :
       {"const a = f(), b = 1;", "const a = await f();", "const a = f(await b);", "let a = f();",
        "const a = function () {};", "const a = async (b) => b;", "const { a } = f();",
        "const a =\n  f();", "const a = 1;", "const a = 'f()';"})
    EXPECT_EQ(apart("export " + std::string(kept)), "       " + std::string(kept));
}

TEST(ModuleSyntax, IsNotFooledByTextThatLooksLikeCode) {
  std::string_view text =
      "const a = `import x from 'y'`; // import z from 'z'\n/* export */ a.import; a.export;\n"
      "const b = { import: 1 }; const c = /'/; const d = a / b; `${`}`}`; 'export default 1';";
  ModuleSyntax syntax = lower_modules(text, Language::javascript);
  EXPECT_FALSE(syntax.is_module);
  EXPECT_EQ(syntax.code, text);
}

TEST(ModuleSyntax, TypeScriptDropsImportsThatNoCodeUses) {
  EXPECT_EQ(of("import { A } from 'a'; import { b, C } from 'b'; b();", Language::typescript),
            "from b; import 0.b b; ");
  EXPECT_EQ(of("import { A } from 'a'; x.A; y = { A: 1 }", Language::typescript), "");
  EXPECT_EQ(of("import { A } from 'a'; y = { A }", Language::typescript), "from a; import 0.A A; ");
  EXPECT_EQ(of("f(A); import { A } from 'a';", Language::typescript), "from a; import 0.A A; ");
  EXPECT_EQ(of("import 'a'; import {} from 'b';", Language::typescript), "from a; ");
  EXPECT_EQ(of("import { A } from 'a'; export { A };", Language::typescript),
            "from a; import 0.A A; export A=A; ");
  EXPECT_EQ(of("import { A } from 'a'; export * from 'b';", Language::typescript),
            "from b; star 0; ");
  EXPECT_EQ(of("import { A } from 'a';", Language::javascript), "from a; import 0.A A; ");
}

/// The exports that nothing assigns once the module has run, as far as that is seen.
std::string settled(std::string_view text) {
  std::string out;
  for (const ExportedName& one : lower_modules(text, Language::javascript).exports)
    if (one.settled) out += one.exported + " ";
  return out;
}

TEST(ModuleSyntax, KnowsWhichExportsStayAsTheyAre) {
  EXPECT_EQ(settled("export const a = 1, { b } = c; export let d; export var e = 1"), "a b ");
  EXPECT_EQ(settled("export function f() {} export class C {} export default 1"), "C default f ");
  EXPECT_EQ(settled("const a = 1\nlet b\nvar c; async function d() {}; class E {}\n"
                    "export { a, b, c, d as x, E }"),
            "E a x ");
  EXPECT_EQ(settled("let f = function f() {}; let g = class g {}; { const h = 1 } let h;"
                    "export { f, g, h }"),
            "");
}

TEST(ModuleSyntax, SeesWhatOnlyTypeScriptHas) {
  for (std::string_view text : {"import type { A } from 'a'", "import { type A } from 'a'",
                                "export type A = 1", "export interface A {}", "f<A>()"})
    EXPECT_TRUE(lower_modules(text, Language::typescript).may_hold_types) << text;
  EXPECT_FALSE(lower_modules("export const a = '<';", Language::typescript).may_hold_types);
}

}  // namespace
}  // namespace tidemark::script
