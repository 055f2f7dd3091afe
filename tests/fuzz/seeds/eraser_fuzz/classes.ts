enum Color { Red, Green = 'g', Blue = Red | 2 }
declare module 'x' { export const y: number; }
namespace A.B { export const x: 1 = 1, { y } = z; export function f(this: any): void {} }
abstract class C<T> extends D<T> implements E {
  private readonly x?: number = /[/]/.test('`') ? 1 : 2;
  static #y!: string; [key: string]: any;
  constructor(protected db: Db, public override n = 1) { super(db); }
  abstract f(): void;
  async *g<U extends T>(a: U, ...b: any[]): AsyncGenerator<U> { yield <U>a; }
}
export type * from './t'; interface V<in out M> { m: import('x').Y<M> }
const f = async <T,>(x: T): Promise<
  T
> => x, g = `a${`b${1}`}`;
export = C;
