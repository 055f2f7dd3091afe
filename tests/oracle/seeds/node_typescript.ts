import Database from 'better-sqlite3';
import type { Statement } from 'better-sqlite3';
enum Level { Low = 1, High }
namespace Names { export const first = 'ns'; }
abstract class Base<T> { constructor(protected readonly value: T) {} abstract show(): string; }
class Leaf extends Base<number> { static #count = 0; override show(): string { Leaf.#count++; return `${this.value as unknown as string}/${Leaf.#count}`; } }
const db = new Database(process.env.DATABASE_FILE!);
const add: Statement = db.prepare('insert into labels (name) values (?)');
const items = ([Level[Level.High], Names.first, new Leaf(4).show(), String(<any>7)] satisfies string[]) as const;
for (const item of items) add.run(item);
const lazy = await import('./schema_sqlite');
console.log(Object.keys(lazy).sort(), items?.[0]!.length ?? 0);
label: for (const a of [1, 2]) for (const b of [1, 2]) { if (b === 2) continue label; console.log(a, b); }
function* ids() { let i = 0; while (i < 3) yield i++; }
console.log([...ids()], Object.fromEntries(Object.entries({ a: 1 }).map(([k, v]) => [k, v! * 2])));
