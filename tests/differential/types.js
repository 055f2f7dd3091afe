'use strict';
// The column types of both dialects, one row each.
//   options    how it can be called, in TypeScript
//   family     types of one family take the same expressions, and each other's values
//   defaults   in TypeScript
//   value      of row n, in SQL
//   key        it can be in keys and plain indexes

const sql = (text) => `sql\`${text}\``;
const quoted = (text) => `'${text}'`;
const date = (n) => `2024-02-0${n}`;

const texts = {
  family: 'text',
  key: true,
  defaults: ['""', '"plain"', '"it\'s"', '"two\\nlines"', '"back\\\\slash"', '"a;b--c,,d"', '"ünïcode"', sql("'x' || 'y'")],
  value: (n) => quoted(n === 3 ? "ß''" : `v${n}`),
};
const whole = { family: 'int', key: true, defaults: ['0', '42', '-7', sql('1 + 1')], value: (n) => `${n}` };
const fractions = { family: 'real', key: true, defaults: ['0', '1.5', '-2.25', '1e21', sql('2.0 / 3')], value: (n) => `${n}.125` };
const serials = { family: 'int', key: true, serial: true, defaults: [], value: () => 'DEFAULT' };

const POSTGRESQL = {
  smallint: whole,
  integer: whole,
  bigint: { ...whole, options: ['{ mode: "number" }', '{ mode: "bigint" }'], defaults: ['0', '9007199254740991', sql('2::bigint ^ 40')] },
  serial: serials,
  smallserial: serials,
  bigserial: { ...serials, options: ['{ mode: "number" }'] },
  boolean: { family: 'boolean', key: true, defaults: ['true', 'false', sql('(not true)')], value: (n) => `${n % 2 === 0}` },
  text: { ...texts, options: ['', '{ enum: ["a", "b"] }'] },
  varchar: { ...texts, family: 'char', options: ['', '{ length: 40 }', '{ length: 255 }'] },
  char: { ...texts, options: ['', '{ length: 8 }'], defaults: ['"a"', sql("'b'")], value: (n) => quoted(n) },
  numeric: { ...fractions, options: ['', '{ precision: 10 }', '{ precision: 12, scale: 3 }', '{ precision: 12, scale: 3, mode: "number" }'], defaults: ['"0"', '"1.50"', sql('1.5')], numberDefaults: true },
  real: fractions,
  doublePrecision: { ...fractions, defaults: ['0', '1.5', '1e21', sql('random()')] },
  json: { family: 'json', defaults: ['{ a: 1 }', '[1, 2]', '{ a: "x", b: { c: null } }', sql("'{}'::json")], value: (n) => quoted(`{"a": ${n}}`) },
  jsonb: { family: 'jsonb', key: true, gin: true, defaults: ['{}', '[]', '{ a: [1, "x"] }', sql("'{}'::jsonb")], value: (n) => quoted(`{"a": ${n}}`) },
  uuid: { family: 'uuid', key: true, defaults: [sql('gen_random_uuid()'), '"00000000-0000-0000-0000-000000000000"'], value: (n) => quoted(`00000000-0000-0000-0000-00000000000${n}`) },
  date: { family: 'time', key: true, options: ['', '{ mode: "date" }', '{ mode: "string" }'], defaults: [sql('now()'), sql("'2020-01-01'")], value: (n) => quoted(date(n)) },
  time: { family: 'clock', key: true, options: ['', '{ precision: 3 }', '{ withTimezone: true }', '{ precision: 0, withTimezone: true }'], defaults: [sql('now()'), '"10:00"'], value: (n) => quoted(`10:0${n}:00`) },
  timestamp: { family: 'time', key: true, options: ['', '{ precision: 3 }', '{ withTimezone: true }', '{ mode: "string" }', '{ mode: "string", precision: 3 }', '{ precision: 6, withTimezone: true, mode: "string" }'], defaults: [sql('now()'), sql('CURRENT_TIMESTAMP'), sql("now() + interval '1 day'")], value: (n) => quoted(`${date(n)} 10:00:00`) },
  interval: { family: 'interval', key: true, options: ['', '{ fields: "day" }', '{ precision: 3 }', '{ fields: "second", precision: 3 }'], defaults: ['"1 day"', sql("'2 hours'")], value: (n) => quoted(`${n} days`) },
  inet: { family: 'inet', key: true, defaults: ['"127.0.0.1"'], value: (n) => quoted(`10.0.0.${n}`) },
  cidr: { family: 'inet', key: true, defaults: ['"10.0.0.0/8"'], value: (n) => quoted(`10.0.${n}.0/24`) },
  macaddr: { family: 'macaddr', key: true, defaults: ['"08:00:2b:01:02:03"'], value: (n) => quoted(`08:00:2b:01:02:0${n}`) },
  macaddr8: { family: 'macaddr', key: true, defaults: [], value: (n) => quoted(`08:00:2b:01:02:03:04:0${n}`) },
  point: { family: 'point', options: ['', '{ mode: "xy" }'], defaults: [sql("'(1,2)'")], value: (n) => quoted(`(${n},2)`) },
  line: { family: 'line', options: ['', '{ mode: "abc" }'], defaults: [], value: (n) => quoted(`{1,2,${n}}`) },
  tsvector: { family: 'tsvector', custom: 'tsvector', gin: true, defaults: [], value: (n) => quoted(`w${n}`) },
  bytea: { family: 'bytea', custom: 'bytea', key: true, defaults: [sql("'\\\\x00'::bytea")], value: (n) => quoted(`\\x0${n}`) },
  range: { family: 'range', custom: 'int4range', key: true, defaults: [], value: (n) => quoted(`[${n},${n + 5})`) },
};

const SQLITE = {
  integer: { ...whole, defaults: ['0', '42', '-7', sql('(1 + 1)'), sql('(unixepoch())')] },
  flag: { ...whole, call: 'integer', options: ['{ mode: "boolean" }'], defaults: ['true', 'false'] },
  moment: { ...whole, call: 'integer', options: ['{ mode: "timestamp" }', '{ mode: "timestamp_ms" }'], defaults: [sql('(unixepoch())'), sql('(strftime(\'%s\', \'now\'))')] },
  text: { ...texts, options: ['', '{ length: 20 }', '{ enum: ["a", "b"] }'], defaults: [...texts.defaults.slice(0, -1), sql("('x' || 'y')"), sql('CURRENT_TIMESTAMP'), sql("(datetime('now'))")] },
  document: { family: 'json', call: 'text', key: true, options: ['{ mode: "json" }'], defaults: ['{ a: 1 }', '[]'], value: (n) => quoted(`{"a":${n}}`) },
  real: { ...fractions, defaults: ['0', '1.5', '-2.25', sql('(2.0 / 3)')] },
  numeric: { ...fractions, options: ['', '{ mode: "number" }'], defaults: ['"1.5"'], value: (n) => `${n}.125` },
  bytes: { family: 'blob', call: 'blob', key: true, options: ['', '{ mode: "buffer" }', '{ mode: "bigint" }', '{ mode: "json" }'], defaults: [], value: (n) => `x'0${n}'` },
  varchar: { ...texts, custom: 'varchar(30)', defaults: [] },
  datetime: { ...texts, custom: 'datetime', defaults: [] },
};

const TYPES = { postgresql: POSTGRESQL, sqlite: SQLITE, turso: SQLITE };

module.exports = { TYPES };
