'use strict';
// Snapshots are objects keyed by the users' names, and '__proto__' is a name.

function put(map, key, value) {
  if (key === '__proto__')
    Object.defineProperty(map, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else map[key] = value;
}

function get(map, key) {
  return has(map, key) ? map[key] : undefined;
}

function has(map, key) {
  return Object.prototype.hasOwnProperty.call(map, key);
}

module.exports = { put, get, has };
