'use strict';
// The event loop: jobs of promises, ticks, timers, and answers of servers.

const native = require('../runtime/native.js');
const process = require('./node/process.js');

const LONGEST_WAIT = 1e6; // milliseconds; who waits longer waits again

const ticks = [];
let immediates = [];
const timers = new Map(); // id -> { due, order, interval, action, ref }
const pending = new Map(); // ticket -> what takes the answer
let lastId = 0;
let depth = 0; // of the jobs that are running
const stuck = []; // what may still go on where nothing is waited for
let failed = (error) => {
  throw error;
};

// --- what is waited for ------------------------------------------------------

function expect(take) {
  const ticket = ++lastId;
  pending.set(ticket, take);
  return ticket;
}

const forget = (ticket) => void pending.delete(ticket);
const nextTicket = () => ++lastId;

function nextTick(action, ...parameters) {
  ticks.push(() => action(...parameters));
}

class Timer {
  constructor(id) {
    this.id = id;
  }
  ref() {
    if (timers.has(this.id)) timers.get(this.id).ref = true;
    return this;
  }
  unref() {
    if (timers.has(this.id)) timers.get(this.id).ref = false;
    return this;
  }
  hasRef() {
    return timers.get(this.id)?.ref ?? false;
  }
  refresh() {
    const timer = timers.get(this.id);
    if (timer) timer.due = native.now() + timer.delay;
    return this;
  }
  [Symbol.toPrimitive]() {
    return this.id;
  }
}

function start(action, delay, parameters, repeats) {
  const time = delay >= 1 && delay <= 2147483647 ? Number(delay) : 1;
  const id = ++lastId;
  timers.set(id, {
    due: native.now() + time, delay: time, repeats, ref: true,
    action: () => action(...parameters),
  });
  return new Timer(id);
}

const setTimeout = (action, delay, ...parameters) => start(action, delay, parameters, false);
const setInterval = (action, delay, ...parameters) => start(action, delay, parameters, true);
const clearTimer = (timer) => void timers.delete(timer instanceof Timer ? timer.id : Number(timer));

function setImmediate(action, ...parameters) {
  const entry = { action: () => action(...parameters) };
  immediates.push(entry);
  return entry;
}

function clearImmediate(entry) {
  immediates = immediates.filter((known) => known !== entry);
}

// --- one turn ----------------------------------------------------------------

function guarded(action) {
  try {
    action();
  } catch (error) {
    failed(error);
  }
}

function workOff() {
  depth++;
  do {
    while (ticks.length > 0) guarded(ticks.shift());
    native.runJobs();
  } while (ticks.length > 0);
  depth--;
  for (const promise of [...native.rejected]) reject(promise);
}

// A promise that was rejected, and that nobody looks after.
function reject(promise) {
  native.rejected.delete(promise);
  let reason;
  promise.catch((error) => (reason = error));
  depth++;
  native.runJobs();
  depth--;
  if (process.emit('unhandledRejection', reason, promise)) return;
  failed(reason);
}

function nextTimer() {
  let next;
  for (const [id, timer] of timers)
    if (!next || timer.due < next.timer.due) next = { id, timer };
  return next;
}

function isBusy() {
  if (pending.size > 0 || immediates.length > 0 || ticks.length > 0) return true;
  for (const timer of timers.values()) if (timer.ref) return true;
  return false;
}

function fire({ id, timer }) {
  if (timer.repeats) timer.due = native.now() + timer.delay;
  else timers.delete(id);
  guarded(timer.action);
}

function take([ticket, answer]) {
  const taker = pending.get(ticket);
  pending.delete(ticket);
  if (taker) guarded(() => taker(answer));
}

function turn() {
  const now = immediates;
  immediates = [];
  for (const entry of now) {
    guarded(entry.action);
    workOff();
  }
  const next = nextTimer();
  const left = next ? Math.ceil(next.timer.due - native.now()) : LONGEST_WAIT;
  const busy = immediates.length > 0 || ticks.length > 0 || now.length > 0;
  const answer = native.wait(busy ? 0 : Math.min(Math.max(left, 0), LONGEST_WAIT));
  if (answer) take(answer);
  else if (next && next.timer.due <= native.now() && timers.has(next.id)) fire(next);
}

// The jobs alone, before any tick: what a module did that itself ran in a job.
function runJobs() {
  depth++;
  native.runJobs();
  depth--;
}

// Nothing will happen by itself but timers that come again and again.
function isStuck() {
  if (pending.size > 0 || immediates.length > 0 || ticks.length > 0) return false;
  return ![...timers.values()].some((timer) => timer.ref && !timer.repeats);
}

// Until nothing is left to wait for, or `enough` says so.
function run(enough = () => false) {
  workOff();
  while (!enough()) {
    const goesOn = isStuck() && stuck.some((action) => action());
    if (!goesOn && !isBusy()) return;
    if (!goesOn) turn();
    workOff();
  }
}

module.exports = {
  expect, forget, nextTicket, nextTick, setTimeout, setInterval, setImmediate, clearImmediate, run, runJobs, isBusy,
  clearTimeout: clearTimer,
  clearInterval: clearTimer,
  inJob: () => depth > 0,
  onFailure: (action) => void (failed = action),
  onStuck: (action) => void stuck.push(action), // returns whether something goes on
};
