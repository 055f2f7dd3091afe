'use strict';
// Columns, and the builders that the schema chains calls on. A builder may be
// shared by several tables, so building copies what later calls could change.

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
      notNull: false,
      default: undefined,
      hasDefault: false,
      primaryKey: false,
      isUnique: false,
      uniqueName: undefined,
      uniqueType: undefined,
      dataType,
      columnType,
      generated: undefined,
      generatedIdentity: undefined,
      origin: origin(),
    };
    this.foreignKeyConfigs = [];
  }

  $type() {
    return this;
  }
  notNull() {
    this.config.notNull = true;
    return this;
  }
  default(value) {
    this.config.default = value;
    this.config.hasDefault = true;
    return this;
  }
  $defaultFn(make) {
    this.config.defaultFn = make;
    this.config.hasDefault = true;
    return this;
  }
  $onUpdateFn(make) {
    this.config.onUpdateFn = make;
    this.config.hasDefault = true;
    return this;
  }
  primaryKey() {
    this.config.primaryKey = true;
    this.config.notNull = true;
    return this;
  }
  unique(name, options) {
    this.config.isUnique = true;
    this.config.uniqueName = name;
    this.config.uniqueType = options?.nulls;
    return this;
  }
  references(ref, actions = {}) {
    this.foreignKeyConfigs.push({ ref, actions });
    return this;
  }

  // The key in the table's definition is the name of a column without one. As
  // with Drizzle the first table to use a shared builder decides.
  setName(key) {
    if (this.config.name === '') this.config.name = key;
  }
}
entity('ColumnBuilder', ColumnBuilder);
ColumnBuilder.prototype.$default = ColumnBuilder.prototype.$defaultFn;
ColumnBuilder.prototype.$onUpdate = ColumnBuilder.prototype.$onUpdateFn;

class Column {
  constructor(table, config) {
    this.table = table;
    this.config = config;
    this.name = config.name;
    this.keyAsName = config.keyAsName;
    this.notNull = config.notNull;
    this.default = config.default;
    this.hasDefault = config.hasDefault;
    this.primary = config.primaryKey;
    this.isUnique = config.isUnique;
    this.explicitUniqueName = config.uniqueName;
    this.uniqueType = config.uniqueType;
    this.generated = config.generated;
    this.generatedIdentity = config.generatedIdentity;
    this.origin = config.origin;
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
    return this.explicitUniqueName || uniqueKeyName(this.table, [this.name]);
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

// `text('name', { … })`, `text({ … })`, `text('name')` and `text()` are all allowed.
function nameAndConfig(first, second) {
  if (typeof first === 'object' && first !== null) return { name: '', config: first };
  // A stand-in given as a name is kept: the serializer reports it.
  const named = typeof first === 'string' || inertInfo(first) !== undefined;
  return { name: named ? first : '', config: second ?? {} };
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
const named = (Builder) => (name) => new Builder(nameAndConfig(name).name);
const configured = (Builder) => (a, b) => {
  const { name, config } = nameAndConfig(a, b);
  return new Builder(name, config);
};
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
