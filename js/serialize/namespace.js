'use strict';
// Names of constraints that share one namespace inside a table.

const { Mistake } = require('./mistake.js');
const { placeText } = require('./problems.js');

// Remembers names and refuses the second use of one.
class Namespace {
  constructor(kind, where) {
    this.kind = kind;
    this.where = where;
    this.places = new Map();
  }

  claim(name, origin) {
    if (!this.places.has(name)) {
      this.places.set(name, origin);
      return;
    }
    const other = placeText(this.places.get(name));
    throw new Mistake(
      `${this.kind} '${name}' is declared twice ${this.where}`,
      `rename one of them${other ? `; the other is at ${other}` : ''}`
    );
  }
}

module.exports = { Namespace };
