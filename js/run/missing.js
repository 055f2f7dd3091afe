'use strict';
// A part of Node that is not here. It may be imported, passed around and extended, since
// packages do so with what they never use; calling it is an error that names it.

function missing(name) {
  const refuse = () => {
    const error = new Error(`${name} is not available to scripts that tidemark runs`);
    error.code = 'ERR_NOT_AVAILABLE';
    error.tidemark = { hint: 'run this script with Node, or leave that part of it out' };
    throw error;
  };
  const known = new Map();
  const get = (target, key) => {
    if (key === 'prototype') return target.prototype;
    if (key === 'default') return proxy;
    if (typeof key === 'symbol' || key === 'then' || key === '__esModule') return undefined;
    if (!known.has(key)) known.set(key, missing(`${name}.${key}`));
    return known.get(key);
  };
  const proxy = new Proxy(function () {}, { get, apply: refuse, construct: refuse });
  return proxy;
}

module.exports = { missing };
