'use strict';
// `--transaction` and `--dry-run`: whatever a script does on a database is one transaction
// that ends with it. Its own transactions become savepoints inside.

const process = require('./node/process.js');

const settings = { all: false, undo: false, show: false };
const members = new Set(); // { end(good) }: databases with such a transaction

const BEGIN = /^\s*(?:begin\b|start\s+transaction\b)/i;
const COMMIT = /^\s*(?:commit|end)\b/i;
const ROLLBACK = /^\s*(?:rollback|abort)\b(?!\s+(?:\w+\s+)?to\b)/i;
const READS = /^\s*(?:select|show|explain|pragma|values|savepoint|release|rollback|with\b(?![\s\S]*\b(?:insert|update|delete)\b))/i;

// The statements that stand for one of the script's own; undefined where that stays as it
// is. `state.depth` counts its open transactions.
function translated(state, sql) {
  if (BEGIN.test(sql)) return [`savepoint tidemark_${++state.depth}`];
  const name = `tidemark_${state.depth}`;
  if (COMMIT.test(sql)) return state.depth-- > 0 ? [`release savepoint ${name}`] : ((state.depth = 0), []);
  if (!ROLLBACK.test(sql)) return undefined;
  if (state.depth === 0) return [];
  state.depth--;
  return [`rollback to savepoint ${name}`, `release savepoint ${name}`];
}

function shown(sql, values) {
  if (!settings.show || READS.test(sql) || BEGIN.test(sql) || COMMIT.test(sql)) return;
  const tail = values?.length > 0 ? `  -- ${JSON.stringify(values).slice(0, 200)}` : '';
  process.stdout.write(`${sql.trim()};${tail}\n`);
}

function finish(good) {
  for (const member of members) member.end(good && !settings.undo);
  members.clear();
}

module.exports = {
  settings, translated, shown, finish,
  configure: (given) => Object.assign(settings, given),
  join: (member) => void members.add(member),
};
