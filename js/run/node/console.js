'use strict';

const native = require('../../runtime/native.js');
const process = require('./process.js');
const { format, inspect } = require('./util.js');

let indent = '';
const counts = new Map();
const times = new Map();

function printer(stream) {
  return (...values) => {
    const text = format(...values);
    stream.write(`${indent}${indent ? text.replace(/\n/g, `\n${indent}`) : text}\n`);
  };
}

const log = printer(process.stdout);
const error = printer(process.stderr);

function elapsed(label) {
  const time = native.now() - (times.get(label) ?? native.now());
  return time < 1000 ? `${time.toFixed(3)}ms` : `${(time / 1000).toFixed(3)}s`;
}

// Columns padded to the widest of each, as Node draws them.
function table(rows, columns) {
  if (rows === null || typeof rows !== 'object') return log(rows);
  const entries = Object.entries(rows);
  const names = columns ?? [...new Set(entries.flatMap(([, row]) => (row && typeof row === 'object' ? Object.keys(row) : [])))];
  const plain = !columns && entries.some(([, row]) => row === null || typeof row !== 'object');
  const head = ['(index)', ...names, ...(plain ? ['Values'] : [])];
  const body = entries.map(([index, row]) => [
    index,
    ...names.map((name) => (row && Object.hasOwn(Object(row), name) ? inspect(row[name]) : '')),
    ...(plain ? [row && typeof row === 'object' ? '' : inspect(row)] : []),
  ]);
  const widths = head.map((name, i) => Math.max(name.length, ...body.map((row) => row[i].length)) + 2);
  const line = (cells) => `│${cells.map((cell, i) => ` ${cell.padEnd(widths[i] - 1)}`).join('│')}│`;
  const rule = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  log([rule('┌', '┬', '┐'), line(head), rule('├', '┼', '┤'), ...body.map(line), rule('└', '┴', '┘')].join('\n'));
}

const console = {
  log, info: log, debug: log, error, warn: error, table,
  trace: (...values) => error(`Trace: ${format(...values)}`),
  dir: (value, options) => log(inspect(value, options)),
  dirxml: log,
  assert: (ok, ...values) => void (ok || error(`Assertion failed${values.length ? `: ${format(...values)}` : ''}`)),
  group(...values) {
    if (values.length > 0) log(...values);
    indent += '  ';
  },
  groupEnd() {
    indent = indent.slice(2);
  },
  time: (label = 'default') => void times.set(label, native.now()),
  timeLog: (label = 'default', ...values) => log(`${label}: ${elapsed(label)}`, ...values),
  timeEnd(label = 'default') {
    log(`${label}: ${elapsed(label)}`);
    times.delete(label);
  },
  count(label = 'default') {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    log(`${label}: ${counts.get(label)}`);
  },
  countReset: (label = 'default') => void counts.delete(label),
  clear() {},
};
console.groupCollapsed = console.group;
console.Console = class {
  constructor() {
    return console;
  }
};
module.exports = console;
