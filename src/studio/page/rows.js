// The rows of a table as the grid asks for them: blocks, found by key from the nearest
// block that is known. The latest wish wins.
import {call} from './api.js';

const BLOCK = 200;

export class Rows {
  constructor(table, selection, changed) {
    this.table = table;
    this.selection = selection;
    this.changed = changed;  // called when there is something new to show
    this.blocks = new Map();
    this.asked = new Set();
    this.total = 0;
    this.exact = false;
    this.error = null;
    this.gone = false;
  }

  request(extra) {
    return {schema: this.table.schema, table: this.table.name, ...this.selection, ...extra};
  }

  async count(exact = false) {
    try {
      const answer = await call('count', this.request({exact}));
      if (this.gone) return;
      const known = this.total;
      this.exact = answer.exact;
      this.total = answer.exact ? answer.rows : Math.max(answer.rows, known);
      this.changed();
    } catch (error) {
      this.fail(error);
    }
  }

  /** The row, or undefined while it is on its way. */
  at(index) {
    const number = Math.floor(index / BLOCK);
    const block = this.blocks.get(number);
    if (block) return block[index % BLOCK];
    this.load(number);
    return undefined;
  }

  async load(number) {
    if (this.asked.has(number) || this.error) return;
    this.asked.add(number);
    try {
      const answer = await call('rows', this.request({...this.place(number), limit: BLOCK}));
      if (this.gone) return;
      this.blocks.set(number, answer.rows);
      const end = number * BLOCK + answer.rows.length;
      if (answer.rows.length < BLOCK && (end > 0 || number === 0)) {
        if (answer.rows.length > 0 || number === 0) { this.total = end; this.exact = true; }
      } else {
        this.total = Math.max(this.total, end);
      }
      this.forget(number);
      this.changed();
    } catch (error) {
      this.fail(error);
    }
  }

  /** After the last row of the nearest block before it, and so many rows further. */
  place(number) {
    for (let before = number - 1; before >= 0; --before) {
      const last = this.blocks.get(before)?.[BLOCK - 1];
      if (last && last.k.length) return {after: last.k, offset: (number - before - 1) * BLOCK};
    }
    return {offset: number * BLOCK};
  }

  /** Memory stays bounded; the neighbours of what is looked at stay. */
  forget(around) {
    if (this.blocks.size <= 60) return;
    const far = [...this.blocks.keys()].sort((a, b) => Math.abs(b - around) - Math.abs(a - around));
    for (const number of far.slice(0, 20)) {
      this.blocks.delete(number);
      this.asked.delete(number);
    }
  }

  fail(error) {
    if (this.gone) return;
    this.error = error;
    this.changed();
  }
}
