'use strict';
// Every PostgreSQL column type.

const { columnTypes, named, configured, byMode } = require('../../column.js');
const { sql } = require('../../sql/sql.js');
const common = require('./common.js');
const { PgColumn, PgColumnBuilder, PgIntColumnBaseBuilder, PgDateColumnBaseBuilder } = common;
const geometric = require('./geometric.js');
const { customType } = require('./custom.js');
const enums = require('./enum.js');

const { define: type, classes } = columnTypes(PgColumn, PgColumnBuilder);

const alwaysPresent = (config) => {
  config.hasDefault = true;
  config.notNull = true;
};
const lengthAndEnum = (config, options) => {
  config.length = options.length;
  config.enumValues = options.enum;
};
const precisionAndScale = (config, options) => {
  config.precision = options.precision;
  config.scale = options.scale;
};
const precisionAndZone = (config, options) => {
  config.withTimezone = options.withTimezone ?? false;
  config.precision = options.precision;
};
const dimensions = (config, options) => {
  config.dimensions = options.dimensions;
};

const withLength = (name) => (config) =>
  config.length === undefined ? name : `${name}(${config.length})`;
const withDimensions = (name) => (config) => `${name}(${config.dimensions})`;
const withZone = (name, space) => (config) => {
  const precision = config.precision === undefined ? '' : `${space}(${config.precision})`;
  return `${name}${precision}${config.withTimezone ? ' with time zone' : ''}`;
};
const numericType = ({ precision, scale }) => {
  if (precision === undefined) return 'numeric';
  return scale === undefined ? `numeric(${precision})` : `numeric(${precision}, ${scale})`;
};
const intervalType = ({ intervalConfig: { fields, precision } }) =>
  `interval${fields ? ` ${fields}` : ''}${precision ? `(${precision})` : ''}`;

const toJson = (value) => JSON.stringify(value);
const toIso = (value) => value.toISOString();
const identity = { Builder: PgIntColumnBaseBuilder };
const json = { toDriver: toJson };
const numericOptions = { set: precisionAndScale };
const numericText = { set: precisionAndScale, toDriver: String };

class PgUUIDStart extends PgColumnBuilder {
  defaultRandom() {
    return this.default(sql`gen_random_uuid()`);
  }
}

const numeric = byMode({
  default: type('PgNumeric', 'string', numericType, numericOptions),
  number: type('PgNumericNumber', 'number', numericType, numericText),
  bigint: type('PgNumericBigInt', 'bigint', numericType, numericText),
});

const builders = {
  bigint: byMode({
    default: type('PgBigInt64', 'bigint', 'bigint', identity),
    number: type('PgBigInt53', 'number', 'bigint', identity),
  }),
  bigserial: byMode({
    default: type('PgBigSerial64', 'bigint', 'bigserial', {
      set: (config) => {
        config.hasDefault = true;
      },
    }),
    number: type('PgBigSerial53', 'number', 'bigserial', { set: alwaysPresent }),
  }),
  boolean: named(type('PgBoolean', 'boolean', 'boolean')),
  char: configured(type('PgChar', 'string', withLength('char'), { set: lengthAndEnum })),
  cidr: named(type('PgCidr', 'string', 'cidr')),
  customType,
  date: byMode({
    default: type('PgDateString', 'string', 'date', { Builder: PgDateColumnBaseBuilder }),
    date: type('PgDate', 'date', 'date', { Builder: PgDateColumnBaseBuilder, toDriver: toIso }),
  }),
  doublePrecision: named(type('PgDoublePrecision', 'number', 'double precision')),
  inet: named(type('PgInet', 'string', 'inet')),
  integer: named(type('PgInteger', 'number', 'integer', identity)),
  interval: configured(
    type('PgInterval', 'string', intervalType, {
      set: (config, options) => {
        config.intervalConfig = options;
      },
    })
  ),
  json: named(type('PgJson', 'json', 'json', json)),
  jsonb: named(type('PgJsonb', 'json', 'jsonb', json)),
  line: byMode({
    default: type('PgLineTuple', 'array', 'line', { toDriver: geometric.lineOfTuple }),
    abc: type('PgLineABC', 'json', 'line', { toDriver: geometric.lineOfObject }),
  }),
  macaddr: named(type('PgMacaddr', 'string', 'macaddr')),
  macaddr8: named(type('PgMacaddr8', 'string', 'macaddr8')),
  numeric,
  point: byMode({
    default: type('PgPointTuple', 'array', 'point', { toDriver: geometric.pointOfTuple }),
    xy: type('PgPointObject', 'json', 'point', { toDriver: geometric.pointOfObject }),
  }),
  geometry: byMode({
    default: type('PgGeometry', 'array', 'geometry(point)', {
      toDriver: geometric.geometryOfTuple,
    }),
    xy: type('PgGeometryObject', 'json', 'geometry(point)', {
      toDriver: geometric.geometryOfObject,
    }),
  }),
  real: named(type('PgReal', 'number', 'real')),
  serial: named(type('PgSerial', 'number', 'serial', { set: alwaysPresent })),
  smallint: named(type('PgSmallInt', 'number', 'smallint', identity)),
  smallserial: named(type('PgSmallSerial', 'number', 'smallserial', { set: alwaysPresent })),
  text: configured(type('PgText', 'string', 'text', { set: lengthAndEnum })),
  time: configured(
    type('PgTime', 'string', withZone('time', ''), {
      Builder: PgDateColumnBaseBuilder,
      set: precisionAndZone,
    })
  ),
  // The space is Drizzle's: `timestamp (3)` in this mode, `timestamp(3)` in the other.
  timestamp: byMode({
    default: type('PgTimestamp', 'date', withZone('timestamp', ' '), {
      Builder: PgDateColumnBaseBuilder,
      set: precisionAndZone,
      toDriver: toIso,
    }),
    string: type('PgTimestampString', 'string', withZone('timestamp', ''), {
      Builder: PgDateColumnBaseBuilder,
      set: precisionAndZone,
    }),
  }),
  uuid: named(type('PgUUID', 'string', 'uuid', { Builder: PgUUIDStart })),
  varchar: configured(type('PgVarchar', 'string', withLength('varchar'), { set: lengthAndEnum })),
  bit: configured(type('PgBinaryVector', 'string', withDimensions('bit'), { set: dimensions })),
  halfvec: configured(
    type('PgHalfVector', 'array', withDimensions('halfvec'), { set: dimensions, toDriver: toJson })
  ),
  sparsevec: configured(
    type('PgSparseVector', 'string', withDimensions('sparsevec'), { set: dimensions })
  ),
  vector: configured(
    type('PgVector', 'array', withDimensions('vector'), { set: dimensions, toDriver: toJson })
  ),
};

module.exports = {
  ...common,
  ...classes,
  ...enums,
  PgLineBuilder: classes.PgLineTupleBuilder,
  ExtraConfigColumn: PgColumn,
  IndexedColumn: PgColumn,
  PgCustomColumn: customType.Column,
  PgCustomColumnBuilder: customType.Builder,
  ...builders,
  decimal: numeric,
  // What a table's columns callback receives.
  getPgColumnBuilders: () => builders,
};
