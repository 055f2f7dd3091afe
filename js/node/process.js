'use strict';

const native = require('../runtime/native.js');

const nothing = () => {};

// Variables are taken over one by one, as they are looked at: what a schema comes to
// then depends on those alone.
const looked = new Set();
function look(env, name) {
  if (typeof name !== 'string' || looked.has(name)) return env;
  looked.add(name);
  const value = native.variable(name);
  if (value !== undefined) env[name] = value;
  return env;
}

const env = new Proxy(
  {},
  {
    get: (own, name) => look(own, name)[name],
    has: (own, name) => name in look(own, name),
    getOwnPropertyDescriptor: (own, name) =>
      Reflect.getOwnPropertyDescriptor(look(own, name), name),
    ownKeys: (own) => Reflect.ownKeys(native.variables().reduce(look, own)),
    set(own, name, value) {
      look(own, name)[name] = String(value);
      return true;
    },
    deleteProperty: (own, name) => delete look(own, name)[name],
  }
);

function exit(code = 0) {
  throw new Error(`process.exit(${code}) was called`);
}

const stream = { write: (text) => (native.print(String(text)), true), isTTY: false };

const process = {
  env,
  argv: ['node', 'tidemark'],
  execArgv: [],
  platform: 'linux',
  arch: 'x64',
  pid: 1,
  version: 'v20.19.0',
  versions: { node: '20.19.0' },
  release: { name: 'node' },
  title: 'tidemark',
  exitCode: undefined,
  stdout: stream,
  stderr: stream,
  stdin: { isTTY: false },
  cwd: () => native.workingFolder(),
  exit,
  abort: exit,
  uptime: () => 0,
  hrtime: Object.assign(() => [0, 0], { bigint: () => 0n }),
  memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0 }),
  nextTick: (job, ...parameters) => void Promise.resolve().then(() => job(...parameters)),
  emitWarning: (text) => native.print(`${text}\n`),
};
for (const name of ['on', 'once', 'off', 'addListener', 'removeListener', 'removeAllListeners'])
  process[name] = () => process;
process.emit = nothing;

module.exports = process;
