'use strict';
// Names that may be given once.

const { Mistake } = require('./mistake.js');
const { placeText } = require('./problems.js');

// The mistake of giving a name twice; `other` is who has it already.
function duplicate(kind, name, where, other) {
  const place = placeText(other?.origin);
  return new Mistake(
    `${kind} '${name}' is declared twice ${where}`,
    `rename one of them${place ? `; the other is at ${place}` : ''}`
  );
}

// A namespace over several tables: remembers who took a name.
class Namespace {
  constructor(kind, where) {
    this.kind = kind;
    this.where = where;
    this.owners = new Map();
  }

  claim(name, owner) {
    const other = this.owners.get(name);
    if (other !== undefined) throw duplicate(this.kind, name, this.where, other);
    this.owners.set(name, owner);
  }
}

module.exports = { Namespace, duplicate };
