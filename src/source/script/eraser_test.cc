#include "source/script/eraser.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace tidemark::script {
namespace {

/// Runs of spaces as one, so that a table of cases can be read.
std::string squeezed(std::string_view text) {
  std::string out;
  for (char byte : text) {
    bool space = byte == ' ' || byte == '\n';
    if (space && (out.empty() || out.back() == ' ')) continue;
    out += space ? ' ' : byte;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

struct Case {
  std::string_view typescript, javascript;
};

void expect(const std::vector<Case>& cases, Grammar grammar = Grammar::typescript) {
  for (const Case& one : cases)
    EXPECT_EQ(squeezed(erase_types(one.typescript, grammar)), one.javascript) << one.typescript;
}

TEST(Eraser, TakesAnnotationsAway) {
  expect({
      {"let x: number = 1;", "let x = 1;"},
      {"let x!: string;", "let x ;"},
      {"const f = (a: number, b?: string): void => {};", "const f = (a , b ) => {};"},
      {"function f(this: Foo, a: number) {}", "function f( a ) {}"},
      {"function f(this: Foo) {}", "function f( ) {}"},
      {"function f({ a }: { a: number }, ...rest: any[]) {}", "function f({ a } , ...rest ) {}"},
      {"function f(a: number = 1): a is 2 {}", "function f(a = 1) {}"},
      {"function f(a: any): asserts a is string {}", "function f(a ) {}"},
      {"try {} catch (e: unknown) {}", "try {} catch (e ) {}"},
      {"for (const x of <any>y) {}", "for (const x of y) {}"},
  });
}

TEST(Eraser, TakesGenericsAway) {
  expect({
      {"f<string>(x);", "f (x);"},
      {"jsonb('a').$type<Record<string, Foo[]>>().notNull()", "jsonb('a').$type ().notNull()"},
      {"new Map<string, Array<() => void>>()", "new Map ()"},
      {"sql<number>`a`", "sql `a`"},
      {"const f = <T,>(x: T) => x;", "const f = (x ) => x;"},
      {"const f = async <T>(x: T): Promise<T> => x;", "const f = async (x ) => x;"},
      {"function f<T extends {}>(x: T): T { return x }", "function f (x ) { return x }"},
      {"const f = foo<string>;", "const f = foo ;"},
      {"class A<T> extends B<T> implements C, D<T> {}", "class A extends B {}"},
      {"if (a < b && c > d) {}", "if (a < b && c > d) {}"},
  });
}

TEST(Eraser, TakesAssertionsAway) {
  expect({
      {"const a = ['x'] as const;", "const a = ['x'] ;"},
      {"const a = { b: 1 } satisfies Foo as Bar;", "const a = { b: 1 } ;"},
      {"a!.b![0]!()", "a .b [0] ()"},
      {"const a = <any>b;", "const a = b;"},
      {"const f = () => <T>{ a: 1 };", "const f = () => ( { a: 1 });"},
      {"(a as any) = 1", "(a ) = 1"},
      {"const a = `${b as string}`", "const a = `${b }`"},
  });
}

TEST(Eraser, TakesDeclarationsOfTypesAway) {
  expect({
      {"type A = { x: 1 } | 2;\nlet b;", "; let b;"},
      {"interface A extends B { x: number }", ";"},
      {"export type A = 1;", ";"},
      {"export interface A {}", ";"},
      {"export default interface A {}", ";"},
      {"declare module 'x' { export const a: 1; }", ";"},
      {"declare global { interface Window {} }", ";"},
      {"declare const a: number;", ";"},
      {"export declare function f(): void;", ";"},
      {"declare enum A { B }", ";"},
      {"function f(a: string): void;\nfunction f(a: any) {}", "; function f(a ) {}"},
      {"export function f(): void;\nexport function f() {}", "; export function f() {}"},
      {"namespace A { export type B = 1 }", ";"},
  });
}

TEST(Eraser, TakesTypesOutOfImportsAndExports) {
  expect({
      {"import type { A } from 'a';", ";"},
      {"import type A from 'a';", ";"},
      {"import { type A, b, type C } from 'a';", "import { b, } from 'a';"},
      {"import { type } from 'a';", "import { type } from 'a';"},
      {"export type { A } from 'a';", ";"},
      {"export { type A, b };", "export { b };"},
      {"import a = require('a');", "const a = require('a');"},
      {"import A = B.C;", "const A = B.C;"},
      {"export = a;", "module.exports = a;"},
      {"export as namespace A;", ";"},
  });
}

TEST(Eraser, TakesTypesOutOfClasses) {
  expect({
      {"class A { private readonly x: number = 1; }", "class A { x = 1; }"},
      {"class A { declare x: number; y?: string; z!: 1 }", "class A { ; ; y ; z }"},
      {"abstract class A { abstract f(): void; abstract x: 1; g() {} }",
       "class A { ; ; ; ; g() {} }"},
      {"class A { [key: string]: any; static x = 1 }", "class A { ; ; static x = 1 }"},
      {"class A { f(): void; f(a?: any) {} }", "class A { ; ; f(a ) {} }"},
      {"class A { public override async f<T>() {} get x(): number { return 1 } }",
       "class A { async f () {} get x() { return 1 } }"},
      {"@Entity() class A { @Column() x: string }", "class A { x }"},
      {"class A { private ['x'] = 1 }", "class A { ; ['x'] = 1 }"},
  });
}

TEST(Eraser, WritesParameterPropertiesAsAssignments) {
  expect({
      {"class A { constructor(private db: Db, public n = 1, z: 2) { f() } }",
       "class A { constructor( db , n = 1, z ) {;this.db = db;this.n = n; f() } }"},
      {"class A extends B { constructor(readonly x: 1) { super(x); f() } }",
       "class A extends B { constructor( x ) { super(x);;this.x = x; f() } }"},
  });
}

TEST(Eraser, WritesEnumsAsObjects) {
  expect({
      {"enum A { X, Y = 5, Z }",
       "var A = $enum(A); { const X = $member(A, \"X\", 0); const Y = $member(A, \"Y\", 5); "
       "const Z = $member(A, \"Z\", Y + 1) }"},
      {"export const enum A { X = 'x', 'a-b' = 'c', default = 2 }",
       "export var A = $enum(A); { const X = $member(A, \"X\", 'x'); const $1 = $member(A, 'a-b', "
       "'c'); const $2 = $member(A, \"default\", 2) }"},
      {"enum A { A = 1, B }",
       "var A = $enum(A); { const $0 = $member(A, \"A\", 1); const B = $member(A, \"B\", $0 + 1) "
       "}"},
  });
}

TEST(Eraser, WritesNamespacesAsObjects) {
  expect({
      {"namespace A { export const x = 1, { y } = z; export function f() {} }",
       "var A = $enum(A); { const x = 1, { y } = z; function f() {} "
       ";Object.assign(A, {x, y, f});}"},
      {"export namespace A { const x: 1 = 1; }",
       "export var A = $enum(A); { const x = 1; ;Object.assign(A, {});}"},
  });
}

TEST(Eraser, KeepsStatementsApart) {
  expect({
      {"const a = b as Foo\n(c)()", "const a = b ; (c)()"},
      {"const a = b\ntype X = 1\n(c)()", "const a = b ; (c)()"},
  });
}

TEST(Eraser, KeepsAnArrowOnTheLineOfItsParenthesis) {
  expect({
      {"const f = (a): Promise<\n X\n> => a;", "const f = (a ) => a;"},
      {"const f = async <\n T\n>(a: T) => a;", "const f = async ( a ) => a;"},
  });
}

TEST(Eraser, KeepsEveryLineAndColumn) {
  std::string text =
      "export type Ä = 'ü';\nexport const a = f<string>(x as any,\n  { b: 'é' as E, c: 1 });\n";
  std::string erased = erase_types(text);
  EXPECT_EQ(erased,
            ";                   \nexport const a = f        (x       ,\n"
            "  { b: 'é'     , c: 1 });\n");
}

TEST(Eraser, RepairsTheGapsOfTheGrammar) {
  expect({
      {"export type * from './a';\nlet x: 1;", "; let x ;"},
      {"export type * as y from './a';", ";"},
      {"interface A<in out M, out N> {}\nlet x: 1;", "; let x ;"},
      {"type A<out M> = M;\nlet x: 1;", "; let x ;"},
      {"jsonb('a').$type<import('./x').Y[]>().notNull();", "jsonb('a').$type ().notNull();"},
      {"const m = await import('./x');", "const m = await import('./x');"},
  });
}

TEST(Eraser, ErrorsInsideATypeLeaveTheCodeAroundItAlone) {
  expect({
      {"const a = f<some weird %% type>(x);\nconst b: number = 1;",
       "const a = f (x); const b = 1;"},
      {"type A = some weird %% type\nconst b: number = 1;", "; const b = 1;"},
  });
}

TEST(Eraser, KnowsTheDialectOfMarkup) {
  expect({{"const a = <div className=\"x\">{b as any}</div>;", "const a = null;"}}, Grammar::tsx);
}

}  // namespace
}  // namespace tidemark::script
