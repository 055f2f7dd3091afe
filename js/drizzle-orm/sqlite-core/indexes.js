'use strict';

const { entity } = require('../entity.js');
const { origin } = require('../../origin.js');

class IndexBuilder {
  constructor(name, columns, unique) {
    this.config = { name, columns, unique, where: undefined };
    this.origin = origin();
  }
  where(condition) {
    this.config.where = condition;
    return this;
  }
}
entity('SQLiteIndexBuilder', IndexBuilder);

class IndexBuilderOn {
  constructor(name, unique) {
    this.name = name;
    this.unique = unique;
  }
  on(...columns) {
    return new IndexBuilder(this.name, columns, this.unique);
  }
}
entity('SQLiteIndexBuilderOn', IndexBuilderOn);

module.exports = {
  IndexBuilder,
  IndexBuilderOn,
  index: (name) => new IndexBuilderOn(name, false),
  uniqueIndex: (name) => new IndexBuilderOn(name, true),
};
