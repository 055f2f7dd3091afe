// What was changed and is not saved yet. Saved in one transaction, after its SQL was
// shown; a row that somebody else changed meanwhile stops all of it.
import {call} from './api.js';
import {encode, inputOfCell, isCut, sameInput} from './cells.js';

/** By the names of columns, which may be called `constructor` or `__proto__`. */
export const byName = () => Object.create(null);

export class Edits {
  constructor(table) {
    this.table = table;
    this.updates = new Map();  // key text -> {row, set}
    this.removed = new Map();  // key text -> row
    this.added = [];           // [input by column]
  }

  get count() {
    return this.updates.size + this.removed.size + this.added.length;
  }

  keyOf(row) {
    return JSON.stringify(this.key(row));
  }
  /** What tells the row from all others; its place, unless the order is another one. */
  key(row) {
    return row.key ?? row.k;
  }

  set(row, column, input, seen) {
    const key = this.keyOf(row);
    const update = this.updates.get(key) ?? {row, set: byName(), seen: byName()};
    update.set[column.name] = input;
    if (!(column.name in update.seen)) update.seen[column.name] = seen;
    if (sameInput(input, this.original(seen))) {
      delete update.set[column.name];
      delete update.seen[column.name];
    }
    if (Object.keys(update.set).length) this.updates.set(key, update);
    else this.updates.delete(key);
  }

  original(seen) {
    if (seen === null || !this.kinds) return inputOfCell(seen);
    const content = seen.slice(1);
    return inputOfCell(seen[0] === 'b' ? {b: content} : content, seen[0]);
  }

  input(row, column) {
    return this.updates.get(this.keyOf(row))?.set[column.name];
  }

  toggleRemoved(row) {
    const key = this.keyOf(row);
    if (!this.removed.delete(key)) this.removed.set(key, row);
  }
  isRemoved(row) {
    return this.removed.has(this.keyOf(row));
  }

  clear() {
    this.updates.clear();
    this.removed.clear();
    this.added.length = 0;
  }

  /** As the server takes them. */
  list() {
    const base = {schema: this.table.schema, table: this.table.name};
    const updates = [...this.updates.values()].filter(({row}) => !this.isRemoved(row));
    return [
      ...[...this.removed.values()].map((row) =>
        ({...base, kind: 'delete', key: this.key(row), seen: this.seen(row)})),
      ...updates.map(({row, set, seen}) =>
        ({...base, kind: 'update', key: this.key(row), set, seen})),
      ...this.added.map((set) => ({...base, kind: 'insert', set})),
    ];
  }

  /** All of a row that is here as a whole. */
  seen(row) {
    const out = byName();
    this.table.columns.forEach((column, i) => {
      if (!isCut(row.c[i])) out[column.name] = encode(row.c[i], row.t?.[i]);
    });
    return out;
  }

  async preview() {
    return (await call('preview', {edits: this.list()})).statements;
  }

  save() {
    return call('save', {edits: this.list()});
  }
}
