'use strict';
// Columns, and the builders that the schema chains calls on. Schemas make many of
// both, so they are kept small: what was chained is in the builder's `config`.

const { entity } = require('./entity.js');
const { TableName } = require('./table.js');
const { SQL } = require('./sql/sql.js');
const { origin } = require('../origin.js');
const { inertInfo } = require('../inert.js');

class ColumnBuilder {
  constructor(name, dataType, columnType) {
    this.config = {
      name,
      keyAsName: name === '',
      dataType,
      columnType,
      notNull: false,
      primaryKey: false,
      hasDefault: false,
      default: undefined,
      isUnique: false,
      origin: origin(),
    };
    this.foreignKeyConfigs = undefined;
    this.isBuilt = false;
  }

  // The configuration for changing. Columns share it with their builder, which gets
  // one of its own when it changes after a column was made.
  changing() {
    if (this.isBuilt) {
      this.config = { ...this.config };
      this.isBuilt = false;
    }
    return this.config;
  }

  $type() {
    return this;
  }
  notNull() {
    this.changing().notNull = true;
    return this;
  }
  default(value) {
    const config = this.changing();
    config.default = value;
    config.hasDefault = true;
    return this;
  }
  $defaultFn(make) {
    const config = this.changing();
    config.defaultFn = make;
    config.hasDefault = true;
    return this;
  }
  $onUpdateFn(make) {
    const config = this.changing();
    config.onUpdateFn = make;
    config.hasDefault = true;
    return this;
  }
  primaryKey() {
    const config = this.changing();
    config.primaryKey = true;
    config.notNull = true;
    return this;
  }
  unique(name, options) {
    const config = this.changing();
    config.isUnique = true;
    config.uniqueName = name;
    config.uniqueType = options?.nulls;
    return this;
  }
  references(ref, actions = {}) {
    (this.foreignKeyConfigs ??= []).push({ ref, actions });
    return this;
  }

  // The key in the table's definition is the name of a column without one. As
  // with Drizzle the first table to use a shared builder decides. A table that converts
  // its keys by itself has names that the configuration's casing leaves alone.
  setName(key, convert) {
    if (this.config.name !== '') return;
    this.config.name = convert ? convert(key) : key;
    if (convert) this.config.keyAsName = false;
  }
}
entity('ColumnBuilder', ColumnBuilder);
ColumnBuilder.prototype.$default = ColumnBuilder.prototype.$defaultFn;
ColumnBuilder.prototype.$onUpdate = ColumnBuilder.prototype.$onUpdateFn;

class Column {
  constructor(table, config) {
    this.table = table;
    this.config = config;
  }

  get name() {
    return this.config.name;
  }
  get keyAsName() {
    return this.config.keyAsName;
  }
  get notNull() {
    return this.config.notNull;
  }
  get default() {
    return this.config.default;
  }
  get hasDefault() {
    return this.config.hasDefault;
  }
  get primary() {
    return this.config.primaryKey;
  }
  get isUnique() {
    return this.config.isUnique;
  }
  get uniqueType() {
    return this.config.uniqueType;
  }
  get generated() {
    return this.config.generated;
  }
  get generatedIdentity() {
    return this.config.generatedIdentity;
  }
  get origin() {
    return this.config.origin;
  }
  get dataType() {
    return this.config.dataType;
  }
  get columnType() {
    return this.config.columnType;
  }
  get defaultFn() {
    return this.config.defaultFn;
  }
  get onUpdateFn() {
    return this.config.onUpdateFn;
  }
  get enumValues() {
    return this.config.enumValues;
  }
  get length() {
    return this.config.length;
  }
  get uniqueName() {
    return this.config.uniqueName || uniqueKeyName(this.table, [this.name]);
  }

  mapFromDriverValue(value) {
    return value;
  }
  mapToDriverValue(value) {
    return value;
  }
  shouldDisableInsert() {
    return this.generated !== undefined && this.generated.type !== 'byDefault';
  }
  getSQL() {
    return new SQL([this]);
  }
}
entity('Column', Column);

function uniqueKeyName(table, columns) {
  return `${table[TableName]}_${columns.join('_')}_unique`;
}

// A column's name as given: a stand-in in its place is kept for the serializer to
// report, everything else that is no text counts as none.
function givenName(name) {
  if (typeof name === 'string') return name;
  return inertInfo(name) === undefined ? '' : name;
}

function isConfig(value) {
  return typeof value === 'object' && value !== null;
}

const NO_CONFIG = Object.freeze({});

// `text('name', { … })`, `text({ … })`, `text('name')` and `text()` are all allowed.
function nameAndConfig(first, second) {
  if (isConfig(first)) return { name: '', config: first };
  return { name: givenName(first), config: second ?? NO_CONFIG };
}

// Defines the column types of a dialect, each a pair of classes (column and
// builder) collected in `classes`:
//   define(columnType, dataType, sqlType, options) → builder class
// `sqlType` is text, or a function of the column's config. Options: `Column` and
// `Builder` to derive from others, `set(config, given)` takes over what the schema
// gives, `toDriver(value, config)` is how a value travels to the database.
function columnTypes(BaseColumn, BaseBuilder) {
  const classes = {};
  function define(columnType, dataType, sqlType, options = {}) {
    const { set, toDriver } = options;
    class Built extends (options.Column ?? BaseColumn) {}
    Built.prototype.getSQLType =
      typeof sqlType === 'string'
        ? () => sqlType
        : function () {
            return sqlType(this.config);
          };
    if (toDriver)
      Built.prototype.mapToDriverValue = function (value) {
        return toDriver(value, this.config);
      };
    class Builder extends (options.Builder ?? BaseBuilder) {
      constructor(name, given) {
        super(name, dataType, columnType);
        if (set) set(this.config, given);
      }
      build(table) {
        return new Built(table, this.config);
      }
    }
    classes[columnType] = entity(columnType, Built);
    classes[columnType + 'Builder'] = entity(columnType + 'Builder', Builder);
    return Builder;
  }
  return { define, classes };
}

// The functions that schemas call, made from a builder class: with a name only,
// with options, and with one class for each `mode` of the options.
const named = (Builder) => (name) => new Builder(givenName(name), NO_CONFIG);
const configured = (Builder) => (a, b) =>
  isConfig(a) ? new Builder('', a) : new Builder(givenName(a), b ?? NO_CONFIG);
const byMode = (builders) => (a, b) => {
  const { name, config } = nameAndConfig(a, b);
  const Builder = builders[config.mode] ?? builders.default;
  return new Builder(name, config);
};

module.exports = {
  Column,
  ColumnBuilder,
  uniqueKeyName,
  nameAndConfig,
  columnTypes,
  named,
  configured,
  byMode,
};
