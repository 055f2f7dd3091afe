'use strict';
// Sessions on a server, for the drivers. A request is { sql, values?, describe? }, which
// without values may hold several statements; for a libSQL server { pipeline }.

const native = require('../runtime/native.js');
const loop = require('./loop.js');
const { encoded } = require('./wire.js');
const transactions = require('./transactions.js');

const TOO_LARGE = 'the statement with its values takes more memory than there is: send it in smaller parts';

const FAILED = '25P02'; // in_failed_sql_transaction

class Server {
  constructor(settings) {
    this.id = native.serverOpen(JSON.stringify(settings));
  }

  // A promise of the answer; it is rejected with what the server said (src/run/wire.h).
  ask(request) {
    if (request.sql) transactions.shown('postgresql', request.sql, request.values);
    return new Promise((resolve, reject) => {
      const take = (answer) => (answer?.error ? reject(answer.error) : resolve(answer));
      const ticket = loop.expect(take);
      try {
        native.serverSend(this.id, ticket, encoded(request));
      } catch {
        loop.forget(ticket);
        reject({ message: TOO_LARGE, code: '54000' });
      }
    });
  }

  // The same without giving control back.
  askNow(request) {
    const ticket = loop.nextTicket();
    const answer = native.serverAsk(this.id, ticket, encoded(request));
    if (answer?.error) throw Object.assign(new Error(answer.error.message), answer.error);
    return answer;
  }

  close() {
    native.serverClose(this.id);
  }
}

// The one session that everybody shares under --transaction.
class Shared {
  constructor(settings, key) {
    this.key = key;
    this.server = new Server(settings);
    this.turns = new transactions.Turns();
    this.begun = undefined;
    transactions.join(this);
  }

  async perform(who, request) {
    await (this.begun ??= this.begin());
    if (request.describe) return this.server.ask(request);
    const pieces = transactions.pieces('postgresql', request.sql);
    if (!pieces) return this.statement(request);
    const answers = [];
    for (const sql of pieces) answers.push(...(await this.piece(who, { ...request, sql })));
    return answers;
  }

  async begin() {
    for (const sql of ['begin', ...transactions.takeBeginning(this.key)]) await this.server.ask({ sql });
  }

  async piece(who, request) {
    const depth = this.turns.holders.length;
    const instead = transactions.translated(this.turns, who, request.sql);
    if (!instead) return this.statement(request);
    const tag = await this.control(instead, `tidemark_${depth}`, request.sql.split(/\s/)[0].toUpperCase());
    return [{ columns: [], types: [], rows: [], tag }];
  }

  // What the server answers: to the COMMIT of a transaction in which something failed, ROLLBACK.
  async control(statements, savepoint, word) {
    try {
      for (const sql of statements) await this.server.ask({ sql });
      return word;
    } catch (error) {
      if (error.code !== FAILED) throw error;
      for (const sql of [`rollback to savepoint ${savepoint}`, ...statements]) await this.server.ask({ sql });
      return 'ROLLBACK';
    }
  }

  // Outside of a transaction of the script's, a statement that fails harms no other.
  async statement(request) {
    if (this.turns.holders.length > 0) return this.server.ask(request);
    await this.server.ask({ sql: 'savepoint tidemark_0' });
    try {
      return await this.server.ask(request);
    } catch (error) {
      await this.server.ask({ sql: 'rollback to savepoint tidemark_0' });
      throw error;
    }
  }

  end(good) {
    if (this.begun) this.server.askNow({ sql: good ? 'commit' : 'rollback' });
  }
}

// What a client has of it in place of a session of its own.
class Share {
  constructor(shared) {
    this.shared = shared;
  }

  ask(request) {
    return this.shared.turns.take(this, () => this.shared.perform(this, request));
  }

  // A session that ends takes its open transaction back.
  close() {
    if (this.shared.turns.holders.includes(this)) this.ask({ sql: 'rollback' }).catch(() => {});
  }
}

const shared = new Map();

function openServer(settings) {
  if (!transactions.settings.all) return new Server(settings);
  const key = native.serverKey(JSON.stringify(settings));
  if (!shared.has(key)) shared.set(key, new Shared(settings, key));
  return new Share(shared.get(key));
}

module.exports = { Server, openServer };
