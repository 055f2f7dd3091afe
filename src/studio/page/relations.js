// What the schema files say belongs together, where the database has no foreign key for it.
import {call} from './api.js';

let known;  // the files are read once, until they are to be read anew

export function forgetRelations() {
  known = undefined;
}

/** Files that cannot be evaluated tell nothing: what is wrong with them is shown where they are compared. */
function declared() {
  known ??= call('relations').then((answer) => answer.relations, () => []);
  return known;
}

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const isLike = (one, other) => same(one.from, other.from) && same(one.target, other.target)
  && same(one.columns, other.columns) && same(one.targetColumns, other.targetColumns);

/** Those that none of `keys` is, marked as declared. */
export async function beyond(keys) {
  const found = [];
  for (const one of await declared())
    if (![...keys, ...found].some((key) => isLike(key, one))) found.push({...one, declared: true});
  return found;
}

/** Adds them to a table's own; tells whether there were any. */
export async function addRelations(table) {
  const has = (names) => names.every((name) => table.columns.some((column) => column.name === name));
  const path = {schema: table.schema, name: table.name};
  const more = await beyond([...table.refersTo, ...table.referredBy]);
  const out = more.filter((one) => same(one.from, path) && has(one.columns));
  const into = more.filter((one) => same(one.target, path) && has(one.targetColumns));
  table.refersTo.push(...out);
  table.referredBy.push(...into);
  return out.length + into.length > 0;
}
