import Database from 'better-sqlite3';
const db = new Database(process.env.DATABASE_FILE!);
const groups = [1, 2, 3, 4].reduce<Record<string, number[]>>((all, n) => ({ ...all, [n % 2 ? 'odd' : 'even']: [...(all[n % 2 ? 'odd' : 'even'] ?? []), n] }), {});
console.log(groups, [3, 1, 2].toSorted(), [1, 2].at(-1), 'a-b'.replaceAll('-', '+'), [1, [2, [3]]].flat(Infinity), Object.hasOwn({ a: 1 }, 'a'), [1, 2, 3].findLast((n) => n < 3));
const settled = await Promise.allSettled([Promise.resolve(1), Promise.reject(new Error('x'))]);
console.log(settled.map((one) => one.status), await Promise.any([Promise.reject(1), Promise.resolve(2)]), await Promise.race([new Promise((r) => setTimeout(r, 20, 'slow')), 'fast']));
class Counter { #n = 0; static { Counter.made = 1; } static made = 0; get n() { return this.#n; } add(by = 1) { this.#n += by; return this; } }
console.log(new Counter().add().add(4).n, 2n ** 64n, 0.1 + 0.2, `${[1, 2]}`, typeof null, null ?? 'x', undefined?.x);
async function* pages() { for (let i = 0; i < 3; i++) { await null; yield { page: i }; } }
for await (const { page } of pages()) db.prepare('insert into labels (name) values (?)').run(`page ${page}`);
console.log('%s has %i', 'format', 3.9, new Error('shown').message, [..."añ🎉"].length, 'ß'.localeCompare('a'), [10, 9, 1].sort(), new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' }).format(12.5));
console.table([{ a: 1, b: 'x' }, { a: 2, c: true }]);
console.group('outer'); console.log('inside\nlines'); console.groupEnd(); console.log(-0, [undefined, , 3], [NaN], { undefined: undefined }, Symbol('s'), [,'x']);
