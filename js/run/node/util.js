'use strict';
// util of a script that runs: the same, with values shown as Node shows them.

const plain = require('../../node/util.js');
const { frames } = require('../failure.js');

const WIDTH = 80;
const COMPACT = 3; // so many levels go on one line
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
  return /^[A-Za-z_]\w*$/.test(key) ? key : quoted(key);
}

function nameOf(value) {
  for (let one = value; one; one = Object.getPrototypeOf(one)) {
    const own = Object.getOwnPropertyDescriptor(one, 'constructor');
    if (typeof own?.value === 'function' && own.value.name) return own.value.name;
  }
  return '';
}

// Short entries of a long list in columns, as Node draws them.
// Source: https://github.com/nodejs/node/blob/v20.x/lib/internal/util/inspect.js (groupArrayElements)
function inColumns(texts, values, indent, more) {
  const own = more ? texts.length - 1 : texts.length;
  const lengths = texts.slice(0, own).map((text) => text.length);
  const total = lengths.reduce((sum, length) => sum + length + 2, 0);
  const longest = Math.max(...lengths);
  const widest = longest + 2;
  if (widest * 3 + indent >= WIDTH || (total / widest <= 5 && longest > 6)) return texts;
  const bias = Math.max(widest - 3 - Math.sqrt(widest - total / texts.length), 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * bias * own) / bias), Math.floor((WIDTH - indent) / widest), COMPACT * 4, 15
  );
  if (columns <= 1) return texts;
  const widths = Array.from({ length: columns }, (_, i) => {
    let most = 0;
    for (let j = i; j < own; j += columns) most = Math.max(most, lengths[j]);
    return most + 2;
  });
  const right = values.every((value) => typeof value === 'number' || typeof value === 'bigint');
  const lines = [];
  for (let i = 0; i < own; i += columns) {
    const end = Math.min(i + columns, own);
    let line = '';
    for (let j = i; j < end - 1; j++)
      line += right ? `${texts[j]}, `.padStart(widths[j - i]) : `${texts[j]}, `.padEnd(widths[j - i]);
    const last = texts[end - 1];
    lines.push(line + (right ? last.padStart(widths[end - 1 - i] - 2) : last));
  }
  return more ? [...lines, texts.at(-1)] : lines;
}

class Inspector {
  constructor(options) {
    this.options = options;
    this.seen = [];
    this.indent = 0;
    this.deepest = 0; // the depth of what was shown last
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

  inner(value, depth) {
    this.indent += 2;
    const text = this.show(value, depth + 1);
    this.indent -= 2;
    return text;
  }

  showFunction(value, depth) {
    const isClass = /^class\b/.test(Function.prototype.toString.call(value));
    const kind = isClass ? 'class ' : `${nameOf(value) || 'Function'}${value.name ? ': ' : ' '}`;
    const base = isClass ? Object.getPrototypeOf(value).name : '';
    const parent = isClass && base ? ` extends ${base}` : '';
    const text = `[${kind}${value.name || '(anonymous)'}${parent}]`;
    const keys = Object.keys(value);
    return keys.length > 0 ? this.braces(value, keys, depth, text) : text;
  }

  showObject(value, depth) {
    if (typeof value[custom] === 'function') {
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
    if (depth > this.options.depth && !(value instanceof Date || value instanceof RegExp || value instanceof Error))
      return Array.isArray(value) ? '[Array]' : `[${name || 'Object: null prototype'}]`;
    this.deepest = depth;
    if (value instanceof Error) return this.showError(value, depth);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return 'Promise { <pending> }';
    if (ArrayBuffer.isView(value) && name === 'Buffer') return this.showBuffer(value);
    if (Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)))
      return this.showList(value, name, depth);
    if (value instanceof Map) {
      const parts = [...value].map(([k, v]) => `${this.inner(k, depth)} => ${this.inner(v, depth)}`);
      return this.lines(parts, '{', '}', depth, `Map(${value.size})`);
    }
    if (value instanceof Set)
      return this.lines([...value].map((v) => this.inner(v, depth)), '{', '}', depth, `Set(${value.size})`);
    if (value instanceof ArrayBuffer) {
      const bytes = this.showBuffer(new Uint8Array(value)).replace('<Buffer ', '<');
      return this.lines([`[Uint8Contents]: ${bytes}`, `byteLength: ${value.byteLength}`], '{', '}', depth, 'ArrayBuffer');
    }
    const isPlain = name === 'Object' || (name === '' && Object.getPrototypeOf(value) !== null);
    const prefix = Object.getPrototypeOf(value) === null ? '[Object: null prototype]' : isPlain ? '' : name;
    return this.braces(value, this.keysOf(value), depth, prefix);
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
    const text = stackOf(error).replace(/\n/g, `\n${' '.repeat(this.indent)}`);
    return all.length > 0 ? this.braces(error, all, depth, text, cause) : text;
  }

  showBuffer(value) {
    const bytes = Array.from(value.subarray(0, 50), (byte) => byte.toString(16).padStart(2, '0'));
    const more = value.length > 50 ? ` ... ${value.length - 50} more bytes` : '';
    return `<Buffer${bytes.length > 0 ? ' ' : ''}${bytes.join(' ')}${more}>`;
  }

  showList(value, name, depth) {
    const texts = this.items(value, depth);
    const rest = value.length - MOST;
    if (rest > 0) texts.push(`... ${rest} more item${rest > 1 ? 's' : ''}`);
    if (Array.isArray(value))
      for (const key of Object.keys(value))
        if (!/^\d+$/.test(key)) texts.push(`${keyText(key)}: ${this.inner(value[key], depth)}`);
    const prefix = name === 'Array' ? '' : `${name}(${value.length})`;
    return this.lines(texts, '[', ']', depth, prefix, value);
  }

  // The entries of a list; what was never set is counted.
  items(value, depth) {
    const texts = [];
    const end = Math.min(value.length, MOST);
    for (let i = 0; i < end; i++) {
      const start = i;
      while (i < end && !(i in value)) i++;
      if (i > start) texts.push(`<${i - start} empty item${i - start > 1 ? 's' : ''}>`);
      if (i < end) texts.push(this.inner(value[i], depth));
    }
    return texts;
  }

  braces(value, keys, depth, prefix = '', hidden = []) {
    const parts = keys.map((key) => {
      const own = Object.getOwnPropertyDescriptor(value, key);
      const text = own?.get ? (own.set ? '[Getter/Setter]' : '[Getter]') : this.inner(value[key], depth);
      return `${hidden.includes(key) ? `[${key}]` : keyText(key)}: ${text}`;
    });
    return this.lines(parts, '{', '}', depth, prefix);
  }

  lines(parts, open, close, depth, prefix = '', list = undefined) {
    const start = prefix ? `${prefix} ${open}` : open;
    if (parts.length === 0) return prefix.includes('\n') ? prefix : start + close;
    const texts = list && parts.length > 6 ? inColumns(parts, Array.from(list), this.indent, list.length > MOST) : parts;
    if (this.deepest - depth < COMPACT && texts.length === parts.length) {
      const used = texts.length * 2 + this.indent + start.length + 10;
      const length = texts.reduce((sum, text) => sum + text.length, used);
      const one = texts.join(', ');
      if (length <= WIDTH && !one.includes('\n') && !prefix.includes('\n')) return `${start} ${one} ${close}`;
    }
    const line = `\n${' '.repeat(this.indent)}`;
    return `${start}${line}  ${texts.join(`,${line}  `)}${line}${close}`;
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

module.exports = {
  ...plain, inspect, format, isDeepStrictEqual, promisify,
  parseArgs: (config) => require('./parse_args.js').parseArgs(config),
  styleText: (_, text) => String(text),
  debuglog: () => () => {},
};
