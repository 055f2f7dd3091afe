'use strict';
// Library functions newer than the engine.

function add(target, functions) {
  for (const name of Object.getOwnPropertyNames(functions)) {
    if (name in target) continue;
    Object.defineProperty(target, name, {
      value: functions[name],
      writable: true,
      configurable: true,
    });
  }
}

const arrays = {
  toSorted(compare) {
    return [...this].sort(compare);
  },
  toReversed() {
    return [...this].reverse();
  },
  toSpliced(...parameters) {
    const copy = [...this];
    copy.splice(...parameters);
    return copy;
  },
  with(index, value) {
    const copy = [...this];
    const at = Math.trunc(index) || 0;
    const place = at < 0 ? copy.length + at : at;
    if (place < 0 || place >= copy.length) throw new RangeError('Invalid index');
    copy[place] = value;
    return copy;
  },
  findLast(accepts, self) {
    for (let i = this.length - 1; i >= 0; i--)
      if (accepts.call(self, this[i], i, this)) return this[i];
    return undefined;
  },
  findLastIndex(accepts, self) {
    for (let i = this.length - 1; i >= 0; i--) if (accepts.call(self, this[i], i, this)) return i;
    return -1;
  },
};
add(Array.prototype, arrays);

add(Array, {
  async fromAsync(source, map = (value) => value, self) {
    const out = [];
    for await (const value of source) out.push(await map.call(self, value, out.length));
    return out;
  },
});

add(Object, {
  groupBy(values, keyOf) {
    const groups = Object.create(null);
    let index = 0;
    for (const value of values) (groups[keyOf(value, index++)] ??= []).push(value);
    return groups;
  },
});

add(Map, {
  groupBy(values, keyOf) {
    const groups = new Map();
    let index = 0;
    for (const value of values) {
      const key = keyOf(value, index++);
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(value);
    }
    return groups;
  },
});

add(Promise, {
  withResolvers() {
    let resolve, reject;
    const promise = new this((accept, refuse) => ([resolve, reject] = [accept, refuse]));
    return { promise, resolve, reject };
  },
  try(action, ...parameters) {
    return new this((resolve) => resolve(action(...parameters)));
  },
});

add(Set.prototype, {
  union(other) {
    return new Set([...this, ...other.keys()]);
  },
  intersection(other) {
    return new Set([...this].filter((value) => other.has(value)));
  },
  difference(other) {
    return new Set([...this].filter((value) => !other.has(value)));
  },
  symmetricDifference(other) {
    const keys = [...other.keys()].filter((value) => !this.has(value));
    return new Set([...this.difference(other), ...keys]);
  },
  isSubsetOf(other) {
    return [...this].every((value) => other.has(value));
  },
  isSupersetOf(other) {
    return [...other.keys()].every((value) => this.has(value));
  },
  isDisjointFrom(other) {
    return ![...this].some((value) => other.has(value));
  },
});

add(String.prototype, {
  isWellFormed() {
    return !/\p{Surrogate}/u.test(this);
  },
  toWellFormed() {
    return this.replace(/\p{Surrogate}/gu, '\uFFFD');
  },
});

add(RegExp, {
  escape(text) {
    return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  },
});

add(Symbol, {
  dispose: Symbol('Symbol.dispose'),
  asyncDispose: Symbol('Symbol.asyncDispose'),
});
// Callable as in V8, which libraries written for Node rely on.
add(Error, { captureStackTrace() {} });
