// Imported names follow their module: changed later, passed on, in a circle, named like the language's own.
import twice, { n, step, state, kept, finish } from './bindings/counter.mjs';
import * as all from './bindings/index.mjs';
import { count, doubled, state as passedOn } from './bindings/index.mjs';
import { First, early, middle } from './bindings/first.mjs';
import { during, seen } from './bindings/second.mjs';
import { Map, Error, undefined_ as Infinity } from './bindings/names.mjs';

step();
step();
finish();
console.log(n, count, all.n, all.count, state, passedOn, kept.of, twice(4), doubled(5));
console.log(early, '|', middle, '|', during, '|', seen(), '|', new First().other().other() instanceof First);
console.log(new Map().size, new Error() instanceof globalThis.Error, Infinity, typeof undefined, [1, 2].length);
const { late } = await import('./bindings/late.mjs');
console.log(late, Object.keys(all).join());
function Object2() {}
{
  const Array = { isArray: () => 'mine' };
  console.log(Array.isArray([]), Object2.name);
}
globalThis.Object.marked = true;
console.log(Object.marked);
