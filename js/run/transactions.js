'use strict';
// `--transaction` and `--dry-run`: whatever a script does on a database is one transaction
// that ends with it. Its own transactions become savepoints inside.

const native = require('../runtime/native.js');
const loop = require('./loop.js');
const process = require('./node/process.js');

const settings = { all: false, undo: false, show: false, beginning: undefined };
const members = new Set(); // { end(good) }: databases with such a transaction

const BEGIN = /^(?:begin|start\s+transaction)\b/i;
const COMMIT = /^(?:commit|end)\b/i;
const ROLLBACK = /^(?:rollback|abort)\b(?!\s+(?:\w+\s+)?to\b)/i;
const READS = /^(?:select|show|explain|pragma|values|savepoint|release|rollback|with\b(?![\s\S]*\b(?:insert|update|delete)\b))/i;
const AND_CHAIN = /\band\s+chain\s*$/i;
const MAY_CONTROL = /\b(?:begin|start|commit|end|rollback|abort)\b/i;

const isControl = (sql) => BEGIN.test(sql) || COMMIT.test(sql) || ROLLBACK.test(sql);

// The statements of a text one of which begins or ends a transaction; undefined where none
// does, and the text can stay whole.
function pieces(engine, text) {
  if (!MAY_CONTROL.test(text)) return undefined;
  const statements = native.statements(engine, text);
  return statements.some(isControl) ? statements : undefined;
}

// Several clients share the one session, as if each had its own: while the transaction of one
// is open, the others wait.
class Turns {
  holders = []; // who began, the outermost first
  waiting = [];
  busy = false;

  constructor() {
    loop.onStuck(() => this.letThrough());
  }

  // `action` of this client when it is its turn.
  take(who, action) {
    return new Promise((resolve, reject) => {
      this.waiting.push({ who, action, resolve, reject });
      this.next(this.first());
    });
  }

  first() {
    const holder = this.holders.at(-1);
    return holder ? this.waiting.findIndex(({ who }) => who === holder) : this.waiting.length > 0 ? 0 : -1;
  }

  next(place) {
    if (this.busy || place < 0) return;
    const [{ action, resolve, reject }] = this.waiting.splice(place, 1);
    this.busy = true;
    const done = () => {
      this.busy = false;
      this.next(this.first());
    };
    action().then(resolve, reject).then(done);
  }

  // Nothing else goes on: the transaction waits for what another client does, which is then
  // done inside of it.
  letThrough() {
    if (this.busy || this.waiting.length === 0) return false;
    this.next(0);
    return true;
  }
}

// The statements that stand for one of the script's own that begins or ends a transaction;
// undefined for any other.
function translated(turns, who, sql) {
  const { holders } = turns;
  if (BEGIN.test(sql)) return [`savepoint tidemark_${holders.push(who)}`];
  const commits = COMMIT.test(sql);
  if (!commits && !ROLLBACK.test(sql)) return undefined;
  if (!holders.includes(who)) return [];
  if (holders.at(-1) !== who)
    throw new Error('two transactions that end in the order in which they began cannot be one: run the script without --transaction and --dry-run');
  const name = `tidemark_${holders.length}`;
  const end = commits ? [`release savepoint ${name}`] : [`rollback to savepoint ${name}`, `release savepoint ${name}`];
  if (AND_CHAIN.test(sql)) return [...end, `savepoint ${name}`];
  holders.pop();
  return end;
}

function shown(engine, sql, values) {
  if (!settings.show) return;
  const tail = values?.length > 0 ? `  -- ${JSON.stringify(values).slice(0, 200)}` : '';
  for (const one of native.statements(engine, sql))
    if (!READS.test(one) && !isControl(one)) process.stdout.write(`${one};${tail}\n`);
}

// What the transaction of a database begins with.
function takeBeginning(database) {
  if (settings.beginning?.database !== database) return [];
  const { statements } = settings.beginning;
  settings.beginning = undefined;
  return statements;
}

function finish(good) {
  if (good && settings.beginning)
    throw new Error('the script did not open the database that --reset is to empty: nothing was changed');
  for (const member of members) member.end(good && !settings.undo);
  members.clear();
}

module.exports = {
  settings, takeBeginning, pieces, isControl, translated, shown, finish, Turns,
  configure: (given) => Object.assign(settings, given),
  join: (member) => void members.add(member),
};
