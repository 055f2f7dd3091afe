'use strict';
// util of a script that runs: the same, with values shown as Node shows them.

const plain = require('../../node/util.js');
const { frames } = require('../failure.js');

const WIDTH = 72;
const MOST = 100; // entries of a list
const custom = plain.inspect.custom;

function quoted(text) {
  const quote = !text.includes("'") ? "'" : !text.includes('"') ? '"' : !text.includes('`') ? '`' : "'";
  const escaped = text.replace(/[\\\n\t\r\b\f\v]/g, (c) => JSON.stringify(c).slice(1, -1));
  return quote + (quote === "'" ? escaped.replace(/'/g, "\\'") : escaped) + quote;
}

function stackOf(error) {
  const lines = frames(error.stack).map(({ name, file, line, column }) => {
    const place = `${file}:${line}:${column}`;
    const plainName = name.replace(/^.*[*/<]/, '');
    return `    at ${plainName ? `${plainName} (${place})` : place}`;
  });
  const head = `${error.name}${error.message ? `: ${error.message}` : ''}`;
  return [head, ...lines.slice(0, 10)].join('\n');
}

function keyText(key) {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key);
}

function nameOf(value) {
  for (let one = value; one; one = Object.getPrototypeOf(one)) {
    const own = Object.getOwnPropertyDescriptor(one, 'constructor');
    if (typeof own?.value === 'function' && own.value.name) return own.value.name;
  }
  return '';
}

class Inspector {
  constructor(options) {
    this.options = options;
    this.seen = [];
  }

  show(value, depth) {
    switch (typeof value) {
      case 'string':
        return quoted(value);
      case 'bigint':
        return `${value}n`;
      case 'number':
        return Object.is(value, -0) ? '-0' : String(value);
      case 'symbol':
        return String(value);
      case 'function':
        return this.showFunction(value, depth);
      case 'object':
        return value === null ? 'null' : this.showObject(value, depth);
      default:
        return String(value);
    }
  }

  showFunction(value, depth) {
    const isClass = /^class\b/.test(Function.prototype.toString.call(value));
    const base = `[${isClass ? 'class' : 'Function'}${isClass ? ' ' : ': '}${value.name || '(anonymous)'}]`;
    const keys = Object.keys(value);
    return keys.length > 0 ? `${base} ${this.braces(value, keys, depth)}` : base;
  }

  showObject(value, depth) {
    if (typeof value[custom] === 'function' && value[custom] !== this.show) {
      const own = value[custom](this.options.depth - depth, this.options, inspect);
      if (own !== value) return typeof own === 'string' ? own : this.show(own, depth);
    }
    if (this.seen.includes(value)) return '[Circular *1]';
    this.seen.push(value);
    try {
      return this.showKind(value, depth);
    } finally {
      this.seen.pop();
    }
  }

  showKind(value, depth) {
    const name = nameOf(value);
    if (value instanceof Error) return this.showError(value, depth);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return 'Promise { <pending> }';
    if (ArrayBuffer.isView(value) && name === 'Buffer') return this.showBuffer(value);
    if (depth > this.options.depth) return Array.isArray(value) ? '[Array]' : `[${name || 'Object'}]`;
    if (Array.isArray(value) || ArrayBuffer.isView(value)) return this.showList(value, name, depth);
    if (value instanceof Map)
      return `Map(${value.size}) ${this.lines([...value].map(([k, v]) => `${this.show(k, depth + 1)} => ${this.show(v, depth + 1)}`), '{', '}', depth)}`;
    if (value instanceof Set)
      return `Set(${value.size}) ${this.lines([...value].map((v) => this.show(v, depth + 1)), '{', '}', depth)}`;
    if (value instanceof ArrayBuffer) return `ArrayBuffer { byteLength: ${value.byteLength} }`;
    const plainObject = name === 'Object';
    const proto = Object.getPrototypeOf(value);
    const prefix = proto === null ? '[Object: null prototype] ' : plainObject ? '' : `${name} `;
    return prefix + this.braces(value, this.keysOf(value), depth);
  }

  keysOf(value) {
    const symbols = Object.getOwnPropertySymbols(value).filter((key) =>
      Object.prototype.propertyIsEnumerable.call(value, key)
    );
    return [...Object.keys(value), ...symbols];
  }

  showError(error, depth) {
    const keys = this.keysOf(error).filter((key) => !['tidemark', 'stack', 'message'].includes(key));
    const cause = error.cause === undefined || keys.includes('cause') ? [] : ['cause'];
    const all = [...keys, ...cause];
    const text = stackOf(error);
    return all.length > 0 ? `${text} ${this.braces(error, all, depth, ['cause'])}` : text;
  }

  showBuffer(value) {
    const bytes = Array.from(value.subarray(0, 50), (byte) => byte.toString(16).padStart(2, '0'));
    const more = value.length > 50 ? ` ... ${value.length - 50} more bytes` : '';
    return `<Buffer ${bytes.join(' ')}${more}>`;
  }

  showList(value, name, depth) {
    const items = Array.from(value).slice(0, MOST).map((one) => this.show(one, depth + 1));
    if (value.length > MOST) items.push(`... ${value.length - MOST} more items`);
    if (Array.isArray(value))
      for (const key of Object.keys(value))
        if (!/^\d+$/.test(key)) items.push(`${keyText(key)}: ${this.show(value[key], depth + 1)}`);
    const prefix = name === 'Array' ? '' : `${name}(${value.length}) `;
    return prefix + this.lines(items, '[', ']', depth);
  }

  braces(value, keys, depth, hidden = []) {
    const parts = keys.map((key) => {
      const own = Object.getOwnPropertyDescriptor(value, key);
      const text = own?.get ? (own.set ? '[Getter/Setter]' : '[Getter]') : this.show(value[key], depth + 1);
      return `${hidden.includes(key) ? `[${key}]` : keyText(key)}: ${text}`;
    });
    return this.lines(parts, '{', '}', depth);
  }

  lines(parts, open, close, depth) {
    if (parts.length === 0) return open + close;
    const one = `${open} ${parts.join(', ')} ${close}`;
    const nested = parts.some((part) => part.includes('\n'));
    if (!nested && one.length + depth * 2 <= WIDTH) return one;
    return `${open}\n${parts.map((part) => `  ${part.replace(/\n/g, '\n  ')}`).join(',\n')}\n${close}`;
  }
}

function inspect(value, options = {}) {
  const depth = typeof options === 'object' ? options?.depth : undefined;
  const settings = { depth: depth === null ? Infinity : (depth ?? 2), ...Object(options) };
  settings.depth = depth === null ? Infinity : (depth ?? 2);
  return new Inspector(settings).show(value, 0);
}
inspect.custom = custom;
inspect.defaultOptions = {};

const DIRECTIVES = {
  '%s': (value) => (typeof value === 'object' && value !== null ? inspect(value, { depth: 0 }) : typeof value === 'bigint' ? `${value}n` : String(value)),
  '%d': (value) => String(typeof value === 'object' ? NaN : Number(value)),
  '%i': (value) => String(parseInt(value, 10)),
  '%f': (value) => String(parseFloat(value)),
  '%j': (value) => JSON.stringify(value),
  '%o': (value) => inspect(value),
  '%O': (value) => inspect(value),
  '%c': () => '',
};

function format(...values) {
  let index = 0;
  let text = '';
  if (typeof values[0] === 'string') {
    index = 1;
    text = values.length === 1 ? values[0] : values[0].replace(/%[sdifjoOc%]/g, (place) => {
      if (place === '%%') return '%';
      return index < values.length ? DIRECTIVES[place](values[index++]) : place;
    });
  }
  const rest = values.slice(index).map((value) => (typeof value === 'string' ? value : inspect(value)));
  return [...(index > 0 ? [text] : []), ...rest].join(' ');
}

function isDeepStrictEqual(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false;
  if (a instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof Map || a instanceof Set) return isDeepStrictEqual([...a], [...b]);
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isDeepStrictEqual(a[key], b[key]));
}

const pause = Symbol.for('nodejs.util.promisify.custom');
function promisify(action) {
  if (action[pause]) return action[pause];
  if (action === globalThis.setTimeout) return require('./timers/promises.js').setTimeout;
  return function (...parameters) {
    return new Promise((resolve, reject) => {
      action.call(this, ...parameters, (error, value) => (error ? reject(error) : resolve(value)));
    });
  };
}
promisify.custom = pause;

module.exports = { ...plain, inspect, format, isDeepStrictEqual, promisify, debuglog: () => () => {} };
