'use strict';
// Where every object of the snapshot was made: [file index, line, column].

const { put } = require('./maps.js');

class Origins {
  constructor() {
    this.files = [];
    this.indexes = new Map();
    this.kinds = {};
  }

  // `kind` is the snapshot's word for the object ("tables", "columns", …); objects
  // inside a table are listed under the table's key. A table may be called toString.
  add(kind, origin, key, inner) {
    if (origin === undefined || origin[1] === undefined) return;
    const map = (this.kinds[kind] ??= Object.create(null));
    const place = [this.fileIndex(origin[0]), origin[1], origin[2]];
    if (inner === undefined) put(map, key, place);
    else put((map[key] ??= Object.create(null)), inner, place);
  }

  fileIndex(file) {
    let index = this.indexes.get(file);
    if (index === undefined) {
      index = this.files.push(file) - 1;
      this.indexes.set(file, index);
    }
    return index;
  }

  document() {
    return { files: this.files, ...this.kinds };
  }
}

module.exports = { Origins };
