'use strict';

const loop = require('../../loop.js');

module.exports = {
  setTimeout: (delay, value) => new Promise((resolve) => loop.setTimeout(() => resolve(value), delay)),
  setImmediate: (value) => new Promise((resolve) => loop.setImmediate(() => resolve(value))),
  async *setInterval(delay, value) {
    for (;;) yield await module.exports.setTimeout(delay, value);
  },
  scheduler: { wait: (delay) => module.exports.setTimeout(delay) },
};
