'use strict';

function clone(value, known) {
  if (typeof value === 'function' || typeof value === 'symbol')
    throw new TypeError(`${String(value)} could not be cloned`);
  if (value === null || typeof value !== 'object') return value;
  if (known.has(value)) return known.get(value);
  const copy = shell(value);
  known.set(value, copy);
  if (value instanceof Map)
    for (const [key, one] of value) copy.set(clone(key, known), clone(one, known));
  else if (value instanceof Set) for (const one of value) copy.add(clone(one, known));
  else if (Array.isArray(value) || copy.constructor === Object || value instanceof Error)
    for (const key of Object.keys(value)) copy[key] = clone(value[key], known);
  return copy;
}

// An object of the same kind, with what is not made of properties already in it.
function shell(value) {
  if (Array.isArray(value)) return new Array(value.length);
  if (value instanceof Date) return new Date(value);
  if (value instanceof RegExp) return new RegExp(value.source, value.flags);
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  if (value instanceof ArrayBuffer) return value.slice(0);
  if (ArrayBuffer.isView(value)) return value.slice?.() ?? new DataView(value.buffer.slice(0));
  if (value instanceof Error) return new value.constructor(value.message);
  return {};
}

module.exports = { structuredClone: (value) => clone(value, new Map()) };
