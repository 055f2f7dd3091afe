'use strict';

class AssertionError extends Error {
  constructor(message) {
    super(message);
    this.name = 'AssertionError';
    this.code = 'ERR_ASSERTION';
  }
}

function assert(value, message = 'the expression is not true') {
  if (value) return;
  throw message instanceof Error ? message : new AssertionError(message);
}

const { isDeepStrictEqual } = require('./util.js');
const equal = (a, b, message) => assert(Object.is(a, b), message ?? `${a} is not ${b}`);
const deepEqual = (a, b, message) => assert(isDeepStrictEqual(a, b), message ?? 'not equal');

module.exports = Object.assign(assert, {
  AssertionError, equal, deepEqual, ok: assert, strictEqual: equal, deepStrictEqual: deepEqual,
  notEqual: (a, b, message) => assert(!Object.is(a, b), message ?? `${a} is ${b}`),
  fail: (message) => assert(false, message ?? 'Failed'),
});
module.exports.strict = assert;
