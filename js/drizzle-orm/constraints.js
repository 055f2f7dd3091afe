'use strict';
// What a table's extras are made of, the same for every dialect: primary keys,
// uniques, checks, foreign keys.

const { entity } = require('./entity.js');
const { origin } = require('../origin.js');

class PrimaryKeyBuilder {
  constructor(columns, name) {
    this.columns = columns;
    this.name = name;
    this.origin = origin();
  }
}
entity('PrimaryKeyBuilder', PrimaryKeyBuilder);

// Both `primaryKey({ columns: [a, b], name })` and the older `primaryKey(a, b)`.
function primaryKey(...config) {
  if (config[0]?.columns) return new PrimaryKeyBuilder(config[0].columns, config[0].name);
  return new PrimaryKeyBuilder(config, undefined);
}

class UniqueConstraintBuilder {
  constructor(columns, name) {
    this.columns = columns;
    this.name = name;
    this.nullsNotDistinctConfig = false;
    this.origin = origin();
  }
  nullsNotDistinct() {
    this.nullsNotDistinctConfig = true;
    return this;
  }
}
entity('UniqueConstraintBuilder', UniqueConstraintBuilder);

class UniqueOnConstraintBuilder {
  constructor(name) {
    this.name = name;
  }
  on(...columns) {
    return new UniqueConstraintBuilder(columns, this.name);
  }
}
entity('UniqueOnConstraintBuilder', UniqueOnConstraintBuilder);

class CheckBuilder {
  constructor(name, value) {
    this.name = name;
    this.value = value;
    this.origin = origin();
  }
}
entity('CheckBuilder', CheckBuilder);

class ForeignKeyBuilder {
  constructor(reference) {
    this.reference = reference;
    this.onUpdateAction = undefined;
    this.onDeleteAction = undefined;
    this.origin = origin();
  }
  onUpdate(action) {
    this.onUpdateAction = action;
    return this;
  }
  onDelete(action) {
    this.onDeleteAction = action;
    return this;
  }
}
entity('ForeignKeyBuilder', ForeignKeyBuilder);

// SQLite's older form takes a function.
function foreignKey(config) {
  return new ForeignKeyBuilder(typeof config === 'function' ? config : () => config);
}

module.exports = {
  PrimaryKeyBuilder,
  primaryKey,
  UniqueConstraintBuilder,
  UniqueOnConstraintBuilder,
  unique: (name) => new UniqueOnConstraintBuilder(name),
  CheckBuilder,
  check: (name, value) => new CheckBuilder(name, value),
  ForeignKeyBuilder,
  foreignKey,
};
