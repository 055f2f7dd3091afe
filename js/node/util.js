'use strict';

const { Buffer, encodeUtf8, decodeUtf8 } = require('./buffer.js');

class TextEncoder {
  get encoding() {
    return 'utf-8';
  }
  encode(text = '') {
    return new Uint8Array(encodeUtf8(text));
  }
}

class TextDecoder {
  get encoding() {
    return 'utf-8';
  }
  decode(bytes = new Uint8Array()) {
    return decodeUtf8(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes.buffer ?? bytes));
  }
}

function inspect(value) {
  if (typeof value === 'string') return `'${value}'`;
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'function') return `[Function: ${String(value.name)}]`;
  if (value === null || typeof value !== 'object') return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return '[object]';
  }
}
inspect.custom = Symbol.for('nodejs.util.inspect.custom');

function format(...values) {
  let index = 0;
  let text = '';
  if (typeof values[0] === 'string') {
    text = values[index++].replace(/%[sdifjoO%]/g, (place) => {
      if (place === '%%') return '%';
      if (index >= values.length) return place;
      const value = values[index++];
      return place === '%s' ? String(value) : place === '%d' ? Number(value) : inspect(value);
    });
  }
  const rest = values.slice(index).map((value) => (typeof value === 'string' ? value : inspect(value)));
  return [...(index ? [text] : []), ...rest].join(' ');
}

function promisify(action) {
  return (...parameters) =>
    new Promise((resolve, reject) => {
      action(...parameters, (error, value) => (error ? reject(error) : resolve(value)));
    });
}

const types = {
  isDate: (value) => value instanceof Date,
  isPromise: (value) => value instanceof Promise,
  isRegExp: (value) => value instanceof RegExp,
};

module.exports = {
  TextEncoder, TextDecoder, inspect, format, promisify, types,
  inherits(child, parent) {
    Object.setPrototypeOf(child.prototype, parent.prototype);
  },
  deprecate: (action) => action,
  callbackify: (action) => action,
  isDeepStrictEqual: (a, b) => inspect(a) === inspect(b),
  stripVTControlCharacters: (text) => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, ''),
  isArray: Array.isArray,
  Buffer,
};
