'use strict';
// A libSQL server under --transaction and --dry-run: all that clients of one database ask for
// goes through one stream with one transaction; theirs are savepoints in it. A server ends a
// transaction that others wait for after some seconds, which is then an error of the script's.

const transactions = require('../../transactions.js');
const { Stream } = require('./server.js');

// What every client of a database shares.
class Session {
  constructor(server, words, key) {
    this.key = key;
    this.server = server;
    this.stream = new Stream(server, words);
    this.turns = new transactions.Turns();
    this.begun = this.begin();
    this.begun.catch(() => {}); // who asks for something hears of it
    transactions.join(this);
  }

  async begin() {
    for (const sql of ['BEGIN IMMEDIATE', ...transactions.takeBeginning(this.key)]) await this.stream.execute(sql);
  }

  // One after the other, as a stream wants it.
  inTurn(who, action) {
    return this.turns.take(who, () => this.begun.then(action));
  }

  async execute(who, given, args) {
    const sql = typeof given === 'string' ? given : Array.isArray(given) ? given[0] : given.sql;
    const [control] = transactions.pieces('sqlite', sql) ?? [];
    if (!control) return this.stream.execute(given, args);
    return this.control(who, control);
  }

  async control(who, sql) {
    const instead = transactions.translated(this.turns, who, sql);
    let result = this.stream.resultOf({ cols: [], rows: [], affected_row_count: 0 });
    for (const one of instead) result = await this.stream.execute(one);
    return result;
  }

  async sequence(who, sql) {
    for (const one of transactions.pieces('sqlite', sql) ?? [sql])
      if (transactions.isControl(one)) await this.control(who, one);
      else await this.stream.sequence(one);
  }

  async all(who, list) {
    await this.control(who, 'BEGIN');
    try {
      const out = [];
      for (const one of list) out.push(await this.execute(who, one));
      await this.control(who, 'COMMIT');
      return out;
    } catch (error) {
      await this.control(who, 'ROLLBACK');
      throw error;
    }
  }

  end(good) {
    const word = { type: 'execute', stmt: { sql: good ? 'COMMIT' : 'ROLLBACK', want_rows: false } };
    const pipeline = { baton: this.stream.baton ?? null, requests: [word, { type: 'close' }] };
    const { status, body, text } = this.server.askNow({ sql: '', pipeline });
    const failed = body?.results?.find(({ type }) => type === 'error')?.error.message;
    if (good && (status !== 200 || failed)) throw new Error(`the transaction could not be committed: ${failed ?? text}`);
  }
}

class Transaction {
  constructor(session) {
    Object.assign(this, { session, closed: false });
  }
  get words() {
    return this.session.stream.words;
  }
  inTurn(action) {
    if (this.closed) throw new this.words.LibsqlError('The transaction is closed', 'TRANSACTION_CLOSED');
    return this.session.inTurn(this, action);
  }
  async begin() {
    await this.inTurn(() => this.session.control(this, 'BEGIN'));
    return this;
  }
  async execute(given, args) {
    return this.inTurn(() => this.session.execute(this, given, args));
  }
  async batch(list) {
    const out = [];
    for (const one of list) out.push(await this.execute(one));
    return out;
  }
  async executeMultiple(sql) {
    return this.inTurn(() => this.session.sequence(this, sql));
  }
  async finish(word) {
    const done = this.inTurn(() => this.session.control(this, word));
    this.closed = true;
    await done;
  }
  async commit() {
    await this.finish('COMMIT');
  }
  async rollback() {
    if (!this.closed) await this.finish('ROLLBACK');
  }
  close() {
    this.rollback().catch(() => {});
  }
}

class SharedClient {
  constructor(session) {
    Object.assign(this, { session, closed: false, protocol: 'http' });
  }
  execute(given, args) {
    return this.session.inTurn(this, () => this.session.execute(this, given, args));
  }
  batch(list) {
    return this.session.inTurn(this, () => this.session.all(this, list));
  }
  migrate(list) {
    return this.batch(['PRAGMA defer_foreign_keys=on', ...list]).then((results) => results.slice(1));
  }
  executeMultiple(sql) {
    return this.session.inTurn(this, () => this.session.sequence(this, sql));
  }
  transaction() {
    return new Transaction(this.session).begin();
  }
  async sync() {}
  close() {
    this.closed = true;
  }
}

const sessions = new Map();

function sharedClient(key, open, words) {
  if (!sessions.has(key)) sessions.set(key, new Session(open(), words, key));
  return new SharedClient(sessions.get(key));
}

module.exports = { sharedClient };
