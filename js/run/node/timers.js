'use strict';

const loop = require('../loop.js');

module.exports = {
  setTimeout: loop.setTimeout, setInterval: loop.setInterval, setImmediate: loop.setImmediate,
  clearTimeout: loop.clearTimeout, clearInterval: loop.clearInterval,
  clearImmediate: loop.clearImmediate,
  get promises() {
    return require('./timers/promises.js');
  },
};
