'use strict';

const native = require('../runtime/native.js');

const { cwd, env } = native.surroundings();
const nothing = () => {};

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
  cwd: () => cwd,
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
