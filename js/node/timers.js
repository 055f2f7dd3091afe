'use strict';

const { setTimeout, setInterval, setImmediate } = globalThis;
const { clearTimeout, clearInterval, clearImmediate } = globalThis;
module.exports = {
  setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate,
};
