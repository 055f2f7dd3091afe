'use strict';
// Stand-ins for packages that only decorate a schema: a value that absorbs any
// use (property, call, new, extends, iteration, string conversion) and gives
// itself back. It must never become part of a migration, so the serializer asks
// `inertInfo` of everything that reaches a name, a type, a default or SQL text.

const known = new WeakMap();
const touched = new Set();

// What an inert value becomes as text; recognised again inside longer strings.
const MARK = 'tidemark-stand-in:';
const END = ';';

// `const [a, b] = useThing()` must work, `for (const x of thing)` must end.
const ITERATIONS = 8;

// `place` is that of the import. `missing` says of a name that one of our own modules
// does not have: { from, near }, the module and what may have been meant.
function inert(name, place, missing) {
  const target = function () {};
  const proxy = new Proxy(target, handler);
  known.set(proxy, { name, place, missing });
  known.set(target, proxy);
  Object.setPrototypeOf(target.prototype, proxy);
  return proxy;
}

function asText(target) {
  return MARK + known.get(known.get(target)).name + END;
}

const handler = {
  get(target, key, receiver) {
    const self = known.get(target);
    if (receiver === self) touched.add(known.get(self).name);
    switch (key) {
      case Symbol.toPrimitive:
        return (hint) => (hint === 'number' ? NaN : asText(target));
      case Symbol.iterator:
        return function* () {
          for (let i = 0; i < ITERATIONS; i++) yield self;
        };
      case 'toString':
      case 'valueOf':
        return () => asText(target);
      case 'then':
        return undefined; // awaiting it ends at once
      case 'prototype':
        return target.prototype;
      case 'constructor':
        return Function;
      case '__proto__':
        return Function.prototype;
      default:
        return typeof key === 'symbol' ? undefined : self;
    }
  },
  set() {
    return true;
  },
  deleteProperty() {
    return true;
  },
  apply(target) {
    const self = known.get(target);
    const { name, place, missing } = known.get(self);
    touched.add(name);
    // What a missing function makes is told from the mere name: types may be
    // re-exported without the word `type`, but nobody calls them.
    return missing && !missing.called ? inert(name, place, { ...missing, called: true }) : self;
  },
  construct(target, _, made) {
    const self = known.get(target);
    return made === self ? self : Object.create(made.prototype);
  },
};

// The stand-in behind a value, or undefined. Text that a stand-in was converted
// to counts too.
function inertInfo(value) {
  if (typeof value === 'function') return known.get(value);
  if (typeof value !== 'string') return undefined;
  const start = value.indexOf(MARK);
  if (start < 0) return undefined;
  const end = value.indexOf(END, start);
  return { name: value.slice(start + MARK.length, end < 0 ? undefined : end) };
}

// Names of the stand-ins that were used, in order of first use.
function touchedStandins() {
  return [...touched];
}

// Gives a module's exports object an inert value for each name, made on first use.
function inertExports(exports, names, place) {
  for (const name of names.split(' ')) {
    Object.defineProperty(exports, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = inert(place);
        Object.defineProperty(exports, name, { enumerable: true, value });
        return value;
      },
    });
  }
}

module.exports = { inert, inertInfo, touchedStandins, inertExports };
