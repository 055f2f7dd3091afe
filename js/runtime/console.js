'use strict';
// Standard output belongs to the program, so all of console goes to standard error.

const native = require('./native.js');

const print = (...values) => native.print(`${require('../node/util.js').format(...values)}\n`);
const nothing = () => {};

module.exports = {
  log: print,
  info: print,
  warn: print,
  error: print,
  debug: print,
  trace: print,
  dir: (value) => print(value),
  table: (value) => print(value),
  assert: (ok, ...values) => void (ok || print('Assertion failed:', ...values)),
  group: print,
  groupCollapsed: print,
  groupEnd: nothing,
  time: nothing,
  timeEnd: nothing,
  timeLog: nothing,
  count: nothing,
  countReset: nothing,
  clear: nothing,
};
