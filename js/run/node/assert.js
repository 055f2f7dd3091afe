'use strict';

const { inspect, isDeepStrictEqual } = require('./util.js');

class AssertionError extends Error {
  constructor(options) {
    super(options.message);
    Object.assign(this, { name: 'AssertionError', code: 'ERR_ASSERTION', ...options });
  }
}

function fail(message, actual, expected, operator) {
  if (message instanceof Error) throw message;
  throw new AssertionError({ message, actual, expected, operator });
}

function assert(value, message = 'The expression evaluated to a falsy value') {
  if (!value) fail(message, value, true, '==');
}

function comparing(operator, accepts) {
  return (actual, expected, message) => {
    if (accepts(actual, expected)) return;
    fail(message ?? `${inspect(actual)} ${operator} ${inspect(expected)}`, actual, expected, operator);
  };
}

function fits(error, expected) {
  if (expected === undefined || typeof expected === 'string') return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function')
    return expected.prototype !== undefined && error instanceof expected ? true : expected(error) === true;
  return Object.keys(expected).every((key) =>
    expected[key] instanceof RegExp ? expected[key].test(error[key]) : isDeepStrictEqual(error[key], expected[key])
  );
}

function throws(action, expected, message) {
  try {
    action();
  } catch (error) {
    if (!fits(error, expected)) throw error;
    return;
  }
  fail(message ?? 'Missing expected exception.');
}

async function rejects(action, expected, message) {
  try {
    await (typeof action === 'function' ? action() : action);
  } catch (error) {
    if (!fits(error, expected)) throw error;
    return;
  }
  fail(message ?? 'Missing expected rejection.');
}

const loose = (a, b) => a == b || (a !== a && b !== b);
const strictEqual = comparing('!==', Object.is);
const deepEqual = comparing('should deeply equal', isDeepStrictEqual);

module.exports = Object.assign(assert, {
  AssertionError, throws, rejects, strictEqual, deepEqual,
  ok: assert,
  equal: comparing('==', loose),
  notEqual: comparing('!=', (a, b) => !loose(a, b)),
  notStrictEqual: comparing('===', (a, b) => !Object.is(a, b)),
  deepStrictEqual: deepEqual,
  notDeepStrictEqual: comparing('should not deeply equal', (a, b) => !isDeepStrictEqual(a, b)),
  notDeepEqual: comparing('should not deeply equal', (a, b) => !isDeepStrictEqual(a, b)),
  match: comparing('should match', (text, pattern) => pattern.test(text)),
  doesNotMatch: comparing('should not match', (text, pattern) => !pattern.test(text)),
  doesNotThrow: (action) => void action(),
  doesNotReject: async (action) => void (await (typeof action === 'function' ? action() : action)),
  ifError: (value) => void (value == null || fail(value)),
  fail: (message) => fail(message ?? 'Failed'),
});
assert.strict = assert;
