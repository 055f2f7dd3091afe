'use strict';
// What the texts of PostgreSQL become, by the number of their type, as `pg` gives them.

const { Buffer } = require('../../../node/buffer.js');
const { parseArray } = require('./array.js');

const builtins = {
  BOOL: 16, BYTEA: 17, CHAR: 18, INT8: 20, INT2: 21, INT4: 23, REGPROC: 24, TEXT: 25, OID: 26,
  TID: 27, XID: 28, CID: 29, JSON: 114, XML: 142, PG_NODE_TREE: 194, SMGR: 210, PATH: 602,
  POLYGON: 604, CIDR: 650, FLOAT4: 700, FLOAT8: 701, ABSTIME: 702, RELTIME: 703, TINTERVAL: 704,
  CIRCLE: 718, MACADDR8: 774, MONEY: 790, MACADDR: 829, INET: 869, ACLITEM: 1033, BPCHAR: 1042,
  VARCHAR: 1043, DATE: 1082, TIME: 1083, TIMESTAMP: 1114, TIMESTAMPTZ: 1184, INTERVAL: 1186,
  TIMETZ: 1266, BIT: 1560, VARBIT: 1562, NUMERIC: 1700, REFCURSOR: 1790, REGPROCEDURE: 2202,
  REGOPER: 2203, REGOPERATOR: 2204, REGCLASS: 2205, REGTYPE: 2206, UUID: 2950,
  TXID_SNAPSHOT: 2970, PG_LSN: 3220, PG_NDISTINCT: 3361, PG_DEPENDENCIES: 3402, TSVECTOR: 3614,
  TSQUERY: 3615, GTSVECTOR: 3642, REGCONFIG: 3734, REGDICTIONARY: 3769, JSONB: 3802,
  REGNAMESPACE: 4089, REGROLE: 4096,
};

const MOMENT =
  /^(\d{4,})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d):(\d\d)(\.\d+)?)?(Z|([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?)?( BC)?$/;

// A date or time without zone is of the zone that the process runs in.
function parseDate(text) {
  if (text === 'infinity') return Infinity;
  if (text === '-infinity') return -Infinity;
  const match = MOMENT.exec(text);
  if (!match) return null;
  const [, y, month, day, hour = 0, minute = 0, second = 0, fraction = 0, zone, sign, zh = 0, zm = 0, zs = 0, bc] = match;
  const year = bc ? 1 - Number(y) : Number(y);
  const parts = [year, month - 1, Number(day), Number(hour), Number(minute), Number(second), Math.trunc(fraction * 1000)];
  const date = new Date(0);
  if (!zone) {
    date.setFullYear(...parts.slice(0, 3));
    date.setHours(...parts.slice(3));
    return date;
  }
  date.setUTCFullYear(...parts.slice(0, 3));
  date.setUTCHours(...parts.slice(3));
  const offset = (Number(zh) * 3600 + Number(zm) * 60 + Number(zs)) * 1000;
  return new Date(date.getTime() - (sign === '-' ? -offset : offset));
}

class PostgresInterval {
  constructor(text) {
    const unit = (word) => Number(new RegExp(`([+-]?\\d+) ${word}`).exec(text)?.[1] ?? 0);
    const time = /([+-])?(\d+):(\d\d):(\d\d)(?:\.(\d+))?/.exec(text);
    const sign = time?.[1] === '-' ? -1 : 1;
    const values = {
      years: unit('years?'), months: unit('mons?'), days: unit('days?'),
      hours: sign * Number(time?.[2] ?? 0), minutes: sign * Number(time?.[3] ?? 0),
      seconds: sign * Number(time?.[4] ?? 0),
      milliseconds: (sign * Math.trunc(Number(`0.${time?.[5] ?? 0}`) * 1e6)) / 1000,
    };
    for (const [name, value] of Object.entries(values)) if (value !== 0) this[name] = value;
  }
  toPostgres() {
    const words = ['years', 'months', 'days', 'hours', 'minutes']
      .filter((name) => this[name])
      .map((name) => `${this[name]} ${name}`);
    const seconds = (this.seconds ?? 0) + (this.milliseconds ?? 0) / 1000;
    if (seconds) words.push(`${seconds} seconds`);
    return words.join(' ') || '0';
  }
}

function parseBytes(text) {
  if (text.startsWith('\\x')) return Buffer.from(text.slice(2), 'hex');
  return Buffer.from(
    text.replace(/\\(\d{3}|\\)/g, (_, code) => (code === '\\' ? code : String.fromCharCode(parseInt(code, 8)))),
    'latin1'
  );
}

function parsePoint(text) {
  const [x, y] = text.slice(1, -1).split(',').map(parseFloat);
  return { x, y };
}

function parseCircle(text) {
  const [x, y, radius] = text.replace(/[<>()]/g, '').split(',').map(parseFloat);
  return { x, y, radius };
}

const integer = (text) => parseInt(text, 10);
const same = (text) => text;
const parsers = new Map([
  [16, (text) => text === 't' || text === 'true'], [17, parseBytes], [20, same],
  [21, integer], [23, integer], [26, integer], [700, parseFloat], [701, parseFloat],
  [1082, parseDate], [1114, parseDate], [1184, parseDate], [600, parsePoint], [718, parseCircle],
  [1186, (text) => new PostgresInterval(text)], [114, JSON.parse], [3802, JSON.parse],
]);

// Arrays by the type of their elements. Those of other types stay text.
const arrays = {
  1000: 16, 1001: 17, 1005: 21, 1007: 23, 1028: 26, 1016: 20, 1017: 600, 1021: 700, 1022: 701,
  1231: 701, 1115: 1114, 1182: 1082, 1185: 1184, 1187: 1186, 199: 114, 3807: 3802,
};
for (const [array, element] of Object.entries(arrays))
  parsers.set(Number(array), (text) => parseArray(text, parsers.get(element)));
for (const array of [651, 1014, 1015, 1008, 1009, 1040, 1041, 3907, 2951, 791, 1183, 1270])
  parsers.set(array, (text) => parseArray(text));

class TypeOverrides {
  constructor(own) {
    this.own = own;
    this.changed = new Map();
  }
  getTypeParser(type, format) {
    return this.changed.get(type) ?? (this.own ?? types).getTypeParser(type, format);
  }
  setTypeParser(type, ...rest) {
    this.changed.set(type, rest.at(-1));
  }
}

const types = {
  builtins,
  getTypeParser: (type) => parsers.get(Number(type)) ?? same,
  setTypeParser: (type, ...rest) => void parsers.set(Number(type), rest.at(-1)),
  arrayParser: { create: (text, parse) => ({ parse: () => parseArray(text, parse) }) },
};

module.exports = { types, TypeOverrides, PostgresInterval, parseDate };
