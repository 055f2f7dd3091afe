'use strict';
// The global names of a script that runs, in place of those that a schema gets.

const loop = require('./loop.js');
const { missing } = require('./missing.js');

function set(name, value) {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

function lazily(name, make) {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      set(name, make());
      return globalThis[name];
    },
    set: (value) => set(name, value),
  });
}

function install() {
  set('process', require('./node/process.js'));
  lazily('console', () => require('./node/console.js'));
  for (const name of ['setTimeout', 'setInterval', 'setImmediate'])
    set(name, loop[name]);
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate']) set(name, loop[name]);
  lazily('crypto', () => require('./node/crypto.js').webcrypto);
  lazily('performance', () => require('./node/perf_hooks.js').performance);
  lazily('Event', () => require('./abort.js').Event);
  lazily('EventTarget', () => require('./abort.js').EventTarget);
  lazily('AbortController', () => require('./abort.js').AbortController);
  lazily('AbortSignal', () => require('./abort.js').AbortSignal);
  lazily('TextEncoder', () => require('./node/util.js').TextEncoder);
  lazily('TextDecoder', () => require('./node/util.js').TextDecoder);
  for (const name of ['Blob', 'FormData', 'Headers', 'Request', 'Response', 'WebSocket', 'fetch'])
    lazily(name, () => missing(name));
}

module.exports = { install };
