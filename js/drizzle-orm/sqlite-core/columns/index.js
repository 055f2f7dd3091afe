'use strict';
// Every SQLite column type.

const { entity } = require('../../entity.js');
const { columnTypes, named, byMode } = require('../../column.js');
const { makeCustomType } = require('../../custom_type.js');
const { sql } = require('../../sql/sql.js');
const { SQLiteColumn, SQLiteColumnBuilder } = require('./common.js');

const { define: type, classes } = columnTypes(SQLiteColumn, SQLiteColumnBuilder);

class SQLiteBaseInteger extends SQLiteColumn {
  get autoIncrement() {
    return this.config.autoIncrement ?? false;
  }
  get mode() {
    return this.config.mode;
  }
}
entity('SQLiteBaseInteger', SQLiteBaseInteger);

class SQLiteBaseIntegerBuilder extends SQLiteColumnBuilder {
  primaryKey(config) {
    const changing = this.changing();
    if (config?.autoIncrement) changing.autoIncrement = true;
    changing.hasDefault = true;
    return super.primaryKey();
  }
}
entity('SQLiteBaseIntegerBuilder', SQLiteBaseIntegerBuilder);

class TimestampStart extends SQLiteBaseIntegerBuilder {
  defaultNow() {
    return this.default(sql`(cast((julianday('now') - 2440587.5)*86400000 as integer))`);
  }
}

const setMode = (config, options) => {
  config.mode = options.mode;
};
const integral = { Column: SQLiteBaseInteger, Builder: SQLiteBaseIntegerBuilder };
const seconds = (value, { mode }) =>
  mode === 'timestamp' ? Math.floor(value.getTime() / 1000) : value.getTime();
const toJson = (value) => JSON.stringify(value);

const timestamp = type('SQLiteTimestamp', 'date', 'integer', {
  ...integral,
  Builder: TimestampStart,
  set: setMode,
  toDriver: seconds,
});
const integer = byMode({
  default: type('SQLiteInteger', 'number', 'integer', integral),
  timestamp,
  timestamp_ms: timestamp,
  boolean: type('SQLiteBoolean', 'boolean', 'integer', {
    ...integral,
    set: setMode,
    toDriver: (value) => (value ? 1 : 0),
  }),
});

const text = byMode({
  default: type('SQLiteText', 'string', (c) => (c.length ? `text(${c.length})` : 'text'), {
    set: (config, options) => {
      config.length = options.length;
      config.enumValues = options.enum;
    },
  }),
  json: type('SQLiteTextJson', 'json', 'text', { toDriver: toJson }),
});

const blob = byMode({
  default: type('SQLiteBlobBuffer', 'buffer', 'blob'),
  json: type('SQLiteBlobJson', 'json', 'blob', { toDriver: toJson }),
  bigint: type('SQLiteBigInt', 'bigint', 'blob', { toDriver: String }),
});

const numeric = byMode({
  default: type('SQLiteNumeric', 'string', 'numeric'),
  number: type('SQLiteNumericNumber', 'number', 'numeric', { toDriver: String }),
  bigint: type('SQLiteNumericBigInt', 'bigint', 'numeric', { toDriver: String }),
});

const real = named(type('SQLiteReal', 'number', 'real'));

const customType = makeCustomType('SQLiteCustomColumn', SQLiteColumn, SQLiteColumnBuilder);

module.exports = {
  SQLiteColumn,
  SQLiteColumnBuilder,
  SQLiteBaseInteger,
  SQLiteBaseIntegerBuilder,
  SQLiteCustomColumn: customType.Column,
  SQLiteCustomColumnBuilder: customType.Builder,
  ...classes,
  blob,
  customType,
  int: integer,
  integer,
  numeric,
  real,
  text,
  // What a table's columns callback receives.
  getSQLiteColumnBuilders: () => ({ blob, customType, integer, numeric, real, text }),
};
