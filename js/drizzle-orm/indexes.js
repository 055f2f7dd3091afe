'use strict';
// Indexes. SQLite knows only `on` and `where`.

const { entity } = require('./entity.js');
const { origin } = require('../origin.js');

class IndexBuilder {
  constructor(columns, unique, only, name, method = 'btree') {
    this.config = { name, columns, unique, only, method };
    this.origin = origin();
  }
  concurrently() {
    this.config.concurrently = true;
    return this;
  }
  with(options) {
    this.config.with = options;
    return this;
  }
  where(condition) {
    this.config.where = condition;
    return this;
  }
}
entity('IndexBuilder', IndexBuilder);

class IndexBuilderOn {
  constructor(unique, name) {
    this.unique = unique;
    this.name = name;
  }
  on(...columns) {
    return new IndexBuilder(columns, this.unique, false, this.name);
  }
  onOnly(...columns) {
    return new IndexBuilder(columns, this.unique, true, this.name);
  }
  using(method, ...columns) {
    return new IndexBuilder(columns, this.unique, false, this.name, method);
  }
}
entity('IndexBuilderOn', IndexBuilderOn);

module.exports = {
  IndexBuilder,
  IndexBuilderOn,
  index: (name) => new IndexBuilderOn(false, name),
  uniqueIndex: (name) => new IndexBuilderOn(true, name),
};
