'use strict';
// process of a script that runs: it has arguments, listeners, and an end.

const native = require('../../runtime/native.js');
const EventEmitter = require('../../node/events.js');
const quiet = require('../../node/process.js');

const started = native.now();
const listeners = new EventEmitter();

function stream(descriptor) {
  return {
    isTTY: false,
    fd: descriptor,
    columns: 80,
    writable: true,
    write(text, encoding, done) {
      native.write(String(descriptor), typeof text === 'string' ? text : text.toString());
      const called = typeof encoding === 'function' ? encoding : done;
      if (called) Promise.resolve().then(() => called());
      return true;
    },
    end() {},
    on() {
      return this;
    },
    once() {
      return this;
    },
    removeListener() {
      return this;
    },
  };
}

function hrtime(since) {
  const now = native.now() - started;
  let seconds = Math.floor(now / 1000);
  let nanoseconds = Math.round((now % 1000) * 1e6);
  if (since) {
    seconds -= since[0];
    nanoseconds -= since[1];
    if (nanoseconds < 0) [seconds, nanoseconds] = [seconds - 1, nanoseconds + 1e9];
  }
  return [seconds, nanoseconds];
}
hrtime.bigint = () => BigInt(Math.round((native.now() - started) * 1e6));

let leaving = false;
let exitCode;

const process = {
  ...quiet,
  argv: ['node'],
  argv0: 'node',
  execPath: 'node',
  stdout: stream(1),
  stderr: stream(5), // what the child has of standard error
  config: {},
  features: {},
  uptime: () => (native.now() - started) / 1000,
  hrtime,
  nextTick: (...parameters) => require('../loop.js').nextTick(...parameters),
  emitWarning: (warning) => process.stderr.write(`Warning: ${warning?.message ?? warning}\n`),
  emit: (name, ...values) => listeners.emit(name, ...values),
  listenerCount: (name) => listeners.listenerCount(name),
  listeners: () => [],
  abort: () => process.exit(134),
  kill() {},
  ending() {}, // what ends the process: js/run/program.js

  exit(code = exitCode ?? 0) {
    exitCode = Number(code) & 255;
    if (!leaving) {
      leaving = true;
      listeners.emit('exit', exitCode);
    }
    process.ending(exitCode);
  },
  get exitCode() {
    return exitCode;
  },
  set exitCode(code) {
    exitCode = code === undefined ? undefined : Number(code) & 255;
  },
};
for (const name of ['on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners'])
  process[name] = (...parameters) => (listeners[name](...parameters), process);

module.exports = process;
