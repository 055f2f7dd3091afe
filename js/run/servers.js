'use strict';
// Sessions on a server, for the drivers. A request is { sql, values?, describe? }, which
// without values may hold several statements; for a libSQL server { pipeline }.

const native = require('../runtime/native.js');
const loop = require('./loop.js');
const transactions = require('./transactions.js');

const TOO_LARGE = 'the statement with its values takes more memory than there is: send it in smaller parts';

class Server {
  constructor(settings) {
    this.id = native.serverOpen(JSON.stringify(settings));
  }

  // A promise of the answer; it is rejected with what the server said (src/run/wire.h).
  ask(request) {
    if (request.sql) transactions.shown(request.sql, request.values);
    return new Promise((resolve, reject) => {
      const take = (answer) => (answer?.error ? reject(answer.error) : resolve(answer));
      const ticket = loop.expect(take);
      try {
        native.serverSend(this.id, ticket, JSON.stringify(request));
      } catch {
        loop.forget(ticket);
        reject({ message: TOO_LARGE, code: '54000' });
      }
    });
  }

  // The same without giving control back.
  askNow(request) {
    const ticket = loop.nextTicket();
    const answer = native.serverAsk(this.id, ticket, JSON.stringify(request));
    if (answer?.error) throw Object.assign(new Error(answer.error.message), answer.error);
    return answer;
  }

  close() {
    native.serverClose(this.id);
  }
}

// The one session that everybody shares under --transaction.
class Shared {
  constructor(settings) {
    this.server = new Server(settings);
    this.state = { depth: 0 };
    this.last = undefined; // the request before
    transactions.join(this);
  }

  ask(request) {
    const before = this.last ?? this.server.ask({ sql: 'begin' });
    const answer = before.then(
      () => this.perform(request),
      () => this.perform(request)
    );
    this.last = answer.catch(() => {}); // only to wait for: who asked hears of it
    return answer;
  }

  async perform(request) {
    if (request.describe) return this.server.ask(request);
    const instead = transactions.translated(this.state, request.sql);
    if (instead) {
      for (const sql of instead) await this.server.ask({ sql });
      return [{ columns: [], types: [], rows: [], tag: request.sql.trim().split(/\s/)[0].toUpperCase() }];
    }
    if (this.state.depth > 0) return this.server.ask(request);
    return this.alone(request);
  }

  // Outside of a transaction of the script's, a statement that fails harms no other.
  async alone(request) {
    await this.server.ask({ sql: 'savepoint tidemark_0' });
    try {
      return await this.server.ask(request);
    } catch (error) {
      await this.server.ask({ sql: 'rollback to savepoint tidemark_0' });
      throw error;
    }
  }

  end(good) {
    if (this.last) this.server.askNow({ sql: good ? 'commit' : 'rollback' });
  }

  close() {}
}

const shared = new Map();

function openServer(settings) {
  if (!transactions.settings.all) return new Server(settings);
  const key = JSON.stringify(settings);
  if (!shared.has(key)) shared.set(key, new Shared(settings));
  return shared.get(key);
}

module.exports = { openServer };
