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
    this.asked = new Map();  // by number of the block, when it will be here
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
      if (exact) throw error;  // the rows are there all the same
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

  /** The row once it is here; undefined behind the last one. */
  async fetch(index) {
    if (index >= this.total) return undefined;
    await this.load(Math.floor(index / BLOCK));
    if (this.error) throw this.error;
    return this.at(index);
  }

  load(number) {
    if (this.error) return undefined;
    if (!this.asked.has(number)) this.asked.set(number, this.read(number));
    return this.asked.get(number);
  }

  async read(number) {
    try {
      const place = this.place(number);
      const {columns, rows} = await call('rows', this.request({limit: BLOCK, ...place}));
      if (this.gone) return;
      if (!this.table.columns.every((one, i) => one.name === columns[i]) || columns.length !== this.table.columns.length)
        throw new Error('the table has other columns by now');
      this.blocks.set(number, rows);
      if (!place.backwards) this.learn(number, rows.length);
      this.forget(number);
      this.changed();
    } catch (error) {
      this.fail(error);
    }
  }

  /** What a block that was read forwards tells of the number of rows. */
  learn(number, length) {
    const end = number * BLOCK + length;
    if (length === BLOCK) {
      this.total = Math.max(this.total, end);
    } else if (length > 0 || number === 0) {
      this.total = end;
      this.exact = true;
    }
  }

  /** From what is known of the nearest place on either side: each row on the way has to be gone over. */
  place(number) {
    const ways = [{offset: number * BLOCK}], left = this.total - number * BLOCK;
    if (this.exact && this.table.key.length && left > 0)
      ways.push({backwards: true, offset: Math.max(0, left - BLOCK), limit: Math.min(BLOCK, left)});
    for (const [other, rows] of this.blocks) {
      const first = rows[0], last = rows[BLOCK - 1];
      if (other < number && last?.k.length) ways.push({after: last.k, offset: (number - other - 1) * BLOCK});
      if (other > number && first?.k.length) ways.push({backwards: true, after: first.k, offset: (other - number - 1) * BLOCK});
    }
    return ways.reduce((best, one) => one.offset < best.offset ? one : best);
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
