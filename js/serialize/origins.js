'use strict';
// Where every object of the snapshot was made: [file index, line, column].

class Origins {
  constructor() {
    this.files = [];
    this.indexes = new Map();
    this.kinds = {};
  }

  // `kind` is the snapshot's word for the object ("tables", "columns", …); objects
  // inside a table are listed under the table's key.
  add(kind, origin, ...path) {
    if (!origin) return;
    let map = (this.kinds[kind] ??= {});
    for (const key of path.slice(0, -1)) map = map[key] ??= {};
    map[path[path.length - 1]] = [this.fileIndex(origin[0]), origin[1], origin[2]];
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
