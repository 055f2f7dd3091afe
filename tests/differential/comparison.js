'use strict';
// What both programs generated, side by side.

const { LISTED, PASSED_ON, RULES, REFUSALS, SNAPSHOTS, hunks, statements } = require('./differences.js');
const { contents, fill } = require('./rows.js');
const { Random } = require('./random.js');


class Comparison {
  constructor(trial, theirs, ours, said) {
    Object.assign(this, { trial, theirs, said });
    this.dialect = trial.it.dialect;
    this.folders = { theirs: theirs.migrations(), ours: ours.migrations() };
    this.rows = new Set();
    this.rules = new Set();
  }

  async check() {
    const { theirs, ours } = this.folders;
    if (this.refused()) return;
    // Then one of them saw nothing to do in the first step or in the second.
    const alike = theirs.length === ours.length;
    if (!alike) this.compareText('', { sql: theirs[1]?.sql ?? '' }, { sql: ours[1]?.sql ?? '' });
    for (let i = 0; alike && i < ours.length; i++) {
      if (theirs[i].journal !== ours[i].journal) this.trial.expectEqual('the journals differ', theirs[i].journal, ours[i].journal);
      this.compareSnapshots(theirs[i].snapshot, ours[i].snapshot);
      this.compareText(i, theirs[i], ours[i]);
    }
    if (this.rows.size > 0) await this.prove();
    else this.trial.tally.equal++;
  }

  // Exceptions of drizzle-kit, after which there is nothing to compare.
  refused() {
    const stopped = this.said.find((text) => /^\s*(\w*Error\b|exit \d)/m.test(text));
    if (!stopped) return false;
    const rule = REFUSALS.find((it) => it.said.test(stopped));
    if (!rule) this.trial.fail('drizzle-kit stops, and no row says why', stopped);
    this.admit(rule.row);
    return true;
  }

  admit(row) {
    if (!LISTED.includes(`| ${row} |`)) this.trial.fail('a row is missing', `docs/differences.md has no row ${row}`);
    this.rows.add(row);
    this.trial.tally.rows.add(row);
  }

  compareSnapshots(theirs, ours) {
    if (theirs === ours) return;
    for (const { peer, ours: mine } of hunks(theirs, ours)) {
      const rule = SNAPSHOTS.find((it) => (!it.when || it.when(this.trial.it)) && it.differs(peer.join('\n'), mine.join('\n')));
      if (!rule) this.trial.fail('the snapshots differ', shown(peer, mine));
      this.admit(rule.row);
    }
  }

  compareText(i, theirs, ours) {
    if (theirs.sql === ours.sql) return;
    const [a, b] = [statements(theirs.sql), statements(ours.sql)];
    const [peer, mine] = [onlyIn(a, b), onlyIn(b, a)];
    const rules = RULES[this.dialect].filter((it) => !it.when || it.when(this.trial.it, peer, mine));
    const bare = [...uncovered(peer, 'peer', rules), ...uncovered(mine, 'ours', rules)];
    if (bare.length > 0) this.trial.fail(`SQL differs, and no row says why`, `${bare.join('\n')}\n   in full:\n${shown(peer, mine)}`);
    const named = [...peer.map((one) => rules.find((it) => it.peer?.test(one))), ...mine.map((one) => rules.find((it) => it.ours?.test(one)))];
    if (named.length === 0) named.push(this.dialect === 'postgresql' ? { row: orderRow(a, b), harmless: onlyKeysMoved(a, b) } : this.dialect === 'turso' && mine.length === 0 && b.some((it) => / ALTER COLUMN /.test(it)) ? { row: 'turso-stale-indexes', harmless: true } : { row: 'sqlite-order', harmless: onlyViewsMoved(a, b) || dropsParents(this.trial.it) });
    for (const rule of named) this.rules.add(rule), this.rows.add(rule.row);
    this.differing = { theirs: a, ours: b };
  }

  // What drizzle-kit wrote is run: it has to be wrong, or the difference is needless.
  async prove() {
    const { trial } = this;
    for (const row of this.rows) trial.tally.rows.add(row);
    if (!this.differing || this.harmless()) return;
    const wrong = await this.wrong();
    if (!wrong) trial.fail(`drizzle-kit's SQL works, and tidemark's differs (${[...this.rows].join(', ')})`, shown(this.differing.theirs, this.differing.ours));
    trial.tally.proofs.push(wrong);
  }

  // Whether it takes certain rows to see the difference. Where names were passed on the two
  // were not asked for the same.
  harmless() {
    if (this.rules.has(PASSED_ON)) return true;
    return this.rules.size > 0 && [...this.rules].every((it) => it.harmless);
  }

  async wrong() {
    const { trial } = this;
    const { database, it } = trial;
    await database.empty(trial.roles);
    const [before, after] = this.folders.theirs.map((one) => statements(one.sql));
    const failure = await database.attempt(before);
    if (failure) return failure;
    if ((await database.state()) !== trial.started) return 'another catalog before';
    await fill(it.before, database, new Random(it.seed));
    const rows = await contents(it.before, it.after, database);
    const failed = await database.attempt(after ?? []);
    if (failed) return failed;
    if ((await database.state()) !== trial.fresh) return 'another catalog';
    const left = await contents(it.after, it.before, database);
    if (JSON.stringify(rows) !== JSON.stringify(left)) return 'rows are lost';
    return (await database.damage?.()) ?? '';
  }
}

// What a list has and the other has not, or not so often.
function onlyIn(list, other) {
  const rest = [...other];
  return list.filter((it) => {
    const at = rest.indexOf(it);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

const uncovered = (list, side, rules) => list.filter((one) => !rules.some((it) => it[side]?.test(one))).map((one) => `${side}: ${one}`);

// The same statements in another order: the row is that of the first one that moved.
function orderRow(theirs, ours) {
  const moved = ours.find((it, i) => it !== theirs[i]);
  if (/VIEW/.test(moved)) return 'view-order';
  if (/COLUMN|PRIMARY KEY/.test(moved)) return 'column-order';
  return /^DROP|DROP CONSTRAINT/.test(moved) ? 'drop-order' : 'name-order';
}

// SQLite looks at a view when it is used; one that goes may go after its tables.
const onlyViewsMoved = (theirs, ours) => {
  const moves = ours.some((it) => /^DROP VIEW/.test(it)) ? /VIEW|^DROP TABLE/ : /VIEW/;
  const rest = (list) => list.filter((it) => !moves.test(it)).join();
  return rest(theirs) === rest(ours);
};

// A foreign key that one of two constraints serves may go before both.
const onlyKeysMoved = (theirs, ours) => {
  const rest = (list) => list.filter((it) => !/ DROP CONSTRAINT | FOREIGN KEY /.test(it)).join();
  return rest(theirs) === rest(ours);
};

// It takes rows that refer to each other to see that they hold their parents.
const dropsParents = ({ before, after }) => {
  const stays = (id) => after.tables.some((table) => table.id === id);
  return before.tables.some((table) => stays(table.id) && table.keys.some(({ target }) => !stays(target)));
};

function shown(peer, ours) {
  const [a, b] = [peer, ours].map((list) => (Array.isArray(list) ? list : [list]));
  return [...a.filter((it) => !b.includes(it)).map((it) => `- ${it}`), ...b.filter((it) => !a.includes(it)).map((it) => `+ ${it}`)].join('\n') || ['- order:', ...a, '+ order:', ...b].join('\n');
}

module.exports = { Comparison };
