'use strict';
// How the package `postgres` reads and writes values, by the number of their type.

const { Buffer } = require('../../../node/buffer.js');

const types = {
  string: { to: 25, from: null, serialize: (x) => `${x}` },
  number: { to: 0, from: [21, 23, 26, 700, 701], serialize: (x) => `${x}`, parse: (x) => Number(x) },
  json: { to: 114, from: [114, 3802], serialize: (x) => JSON.stringify(x), parse: (x) => JSON.parse(x) },
  boolean: { to: 16, from: 16, serialize: (x) => (x === true ? 't' : 'f'), parse: (x) => x === 't' },
  date: {
    to: 1184, from: [1082, 1114, 1184],
    serialize: (x) => (x instanceof Date ? x : new Date(x)).toISOString(),
    parse: (x) => new Date(x.replace(/^(\d+-\d\d-\d\d) (.*?)([+-]\d\d)?$/, (_, day, time, zone) => `${day}T${time}${zone ? `${zone}:00` : ''}`)),
  },
  bytea: {
    to: 17, from: 17,
    serialize: (x) => `\\x${Buffer.from(x).toString('hex')}`,
    parse: (x) => Buffer.from(x.slice(2), 'hex'),
  },
};

// { parsers, serializers }, each by number.
function handlers(given) {
  const out = { parsers: {}, serializers: {} };
  for (const { to, from, parse, serialize } of Object.values(given)) {
    for (const type of [from ?? []].flat()) {
      out.parsers[type] = parse;
      if (serialize) out.serializers[type] = serialize;
    }
    if (serialize) out.serializers[to] = serialize;
  }
  return out;
}

class Parameter {
  constructor(value, type, isArray) {
    Object.assign(this, { value, type, isArray });
  }
}

function inferType(x) {
  if (x instanceof Parameter) return x.type;
  if (x instanceof Date) return 1184;
  if (x instanceof Uint8Array) return 17;
  if (x === true || x === false) return 16;
  if (typeof x === 'bigint') return 20;
  return Array.isArray(x) ? inferType(x[0]) : 0;
}

const escapeIdentifier = (text) => `"${text.replace(/"/g, '""').replace(/\./g, '"."')}"`;

function arrayText(list, serialize) {
  const items = list.map((x) => {
    if (Array.isArray(x)) return arrayText(x, serialize);
    if (x === null) return 'null';
    const text = serialize ? serialize(x.type ? x.value : x) : `${x}`;
    return `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
  });
  return `{${items.join(',')}}`;
}

module.exports = { types, handlers, Parameter, inferType, escapeIdentifier, arrayText };
