'use strict';
// Runs a script of the project from its first line until nothing is left to wait for.

const native = require('../runtime/native.js');
const modules = require('../runtime/modules.js');
const loop = require('./loop.js');
const { install } = require('./globals.js');
const { describe } = require('./failure.js');
const transactions = require('./transactions.js');
const process = require('./node/process.js');

let failing = false;

function program(text) {
  const { file, arguments: words, transaction, dryRun, beginning } = JSON.parse(text);
  install();
  process.argv.push(file, ...words);
  transactions.configure({ all: transaction || dryRun, undo: dryRun, show: dryRun, beginning });
  modules.beProgram({ main: file, settle, loaded, missing: require('./missing.js').missing });
  process.ending = leave;
  loop.onFailure(fail);
  try {
    modules.load(file);
    do loop.run();
    while (process.emit('beforeExit', process.exitCode ?? 0) && loop.isBusy());
  } catch (error) {
    fail(error);
  }
  return process.exit();
}

function loaded({ id, exports }) {
  if (/\/drizzle-orm\/query-promise\.c?js$/.test(id)) require('./places.js').keepPlaces(exports);
}

// A promise that a module awaits at its top level. Inside a job the queue cannot be
// worked off: who imports it waits (runtime/modules.js).
function settle(promise, file) {
  if (loop.inJob()) return promise;
  let state = 'waiting';
  let value;
  promise.then(
    (result) => ([state, value] = ['done', result]),
    (error) => ([state, value] = ['failed', error])
  );
  loop.runJobs();
  loop.run(() => state !== 'waiting');
  if (state === 'failed') throw value;
  if (state === 'done') return value;
  const error = new Error('a promise that is awaited at the top level never settles');
  error.tidemark = { file, line: 1, column: 1, hint: 'nothing is left that could settle it' };
  throw error;
}

// What nobody caught. A second failure while the first is handled ends at once.
function fail(error) {
  if (!failing && process.emit('uncaughtException', error, 'uncaughtException')) return;
  failing = true;
  const last = `-${JSON.stringify(describe(error))}`;
  transactions.finish(false);
  native.leave(last);
}

function leave(code) {
  try {
    transactions.finish(code === 0);
  } catch (error) {
    native.leave(`-${JSON.stringify(describe(error))}`);
  }
  native.leave(`+${code}`);
}

module.exports = { program };
