'use strict';
// The global names that schemas and configurations expect of Node. Each is made
// when it is first used.

const native = require('./native.js');
require('./polyfills.js');

function lazily(name, make) {
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get() {
      const value = make();
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
      return value;
    },
    set(value) {
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
    },
  });
}

lazily('global', () => globalThis);
lazily('console', () => require('./console.js'));
lazily('process', () => require('../node/process.js'));
lazily('Buffer', () => require('../node/buffer.js').Buffer);
lazily('crypto', () => require('../node/crypto.js').webcrypto);
lazily('URL', () => require('../node/url.js').URL);
lazily('URLSearchParams', () => require('../node/url.js').URLSearchParams);
lazily('TextEncoder', () => require('../node/util.js').TextEncoder);
lazily('TextDecoder', () => require('../node/util.js').TextDecoder);
lazily('performance', () => require('../node/perf_hooks.js').performance);
lazily('structuredClone', () => require('./structured_clone.js').structuredClone);
lazily('atob', () => require('../node/buffer.js').atob);
lazily('btoa', () => require('../node/buffer.js').btoa);

for (const name of [
  'AbortController', 'AbortSignal', 'Blob', 'Event', 'EventTarget', 'FormData', 'Headers',
  'Request', 'Response', 'WebSocket', 'fetch',
]) {
  lazily(name, () => require('../inert.js').inert(name));
}

const random = Math.random;
Math.random = () => {
  native.cannotRepeat();
  return random();
};

// Nothing happens later: the timer is accepted and never fires.
let timers = 0;
const start = () => {
  const id = ++timers;
  return { ref() { return this; }, unref() { return this; }, [Symbol.toPrimitive]: () => id };
};
for (const name of ['setTimeout', 'setInterval', 'setImmediate']) globalThis[name] = start;
for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate'])
  globalThis[name] = () => {};
globalThis.queueMicrotask = (job) => void Promise.resolve().then(job);

// For enums (src/source/script/erase_enum.cc): the object, and a member of it
// with the way back from a number to its name.
globalThis.$enum = (known) => known ?? {};
globalThis.$member = (object, key, value) => {
  object[key] = value;
  if (typeof value === 'number') object[value] = key;
  return value;
};
