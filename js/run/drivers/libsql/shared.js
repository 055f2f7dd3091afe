'use strict';
// A libSQL server under --transaction and --dry-run: all that clients of one database ask for
// goes through one stream with one transaction; theirs are savepoints in it. A server ends a
// transaction that others wait for after some seconds, which is then an error of the script's.

const transactions = require('../../transactions.js');
const { Stream } = require('./server.js');

// What every client of a database shares.
class Session {
  constructor(server, words) {
    this.server = server;
    this.stream = new Stream(server, words);
    this.state = { depth: 0 };
    this.last = this.stream.execute('BEGIN IMMEDIATE');
    this.last.catch(() => {}); // who asks for something hears of it
    transactions.join(this);
  }

  // One after the other, as a stream wants it.
  inTurn(action) {
    const answer = this.last.then(action);
    this.last = answer.catch(() => {});
    return answer;
  }

  async execute(given, args) {
    const sql = typeof given === 'string' ? given : Array.isArray(given) ? given[0] : given.sql;
    const instead = transactions.translated(this.state, sql);
    if (!instead) return this.stream.execute(given, args);
    let result = this.stream.resultOf({ cols: [], rows: [], affected_row_count: 0 });
    for (const one of instead) result = await this.stream.execute(one);
    return result;
  }

  async all(list) {
    await this.execute('BEGIN');
    try {
      const out = [];
      for (const one of list) out.push(await this.execute(one));
      await this.execute('COMMIT');
      return out;
    } catch (error) {
      await this.execute('ROLLBACK');
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
    return this.session.inTurn(action);
  }
  async execute(given, args) {
    return this.inTurn(() => this.session.execute(given, args));
  }
  async batch(list) {
    const out = [];
    for (const one of list) out.push(await this.execute(one));
    return out;
  }
  async executeMultiple(sql) {
    return this.inTurn(() => this.session.stream.sequence(sql));
  }
  async finish(word) {
    const done = this.inTurn(() => this.session.execute(word));
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
    return this.session.inTurn(() => this.session.execute(given, args));
  }
  batch(list) {
    return this.session.inTurn(() => this.session.all(list));
  }
  migrate(list) {
    return this.batch(['PRAGMA defer_foreign_keys=on', ...list]).then((results) => results.slice(1));
  }
  executeMultiple(sql) {
    return this.session.inTurn(() => this.session.stream.sequence(sql));
  }
  async transaction() {
    await this.execute('BEGIN');
    return new Transaction(this.session);
  }
  async sync() {}
  close() {
    this.closed = true;
  }
}

const sessions = new Map();

function sharedClient(key, open, words) {
  if (!sessions.has(key)) sessions.set(key, new Session(open(), words));
  return new SharedClient(sessions.get(key));
}

module.exports = { sharedClient };
