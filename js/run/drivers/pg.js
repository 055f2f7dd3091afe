'use strict';
// The package `pg` on sessions of ours.

const EventEmitter = require('../../node/events.js');
const process = require('../node/process.js');
const { openServer } = require('../servers.js');
const { DatabaseError, filled } = require('./pg/errors.js');
const { given, startup } = require('./pg/settings.js');
const { types, TypeOverrides } = require('./pg/types.js');
const { prepareValue, escapeIdentifier, escapeLiteral } = require('./pg/values.js');

const defaults = {
  host: 'localhost', user: undefined, database: undefined, password: null, port: 5432, max: 10,
  parseInt8: false,
};

function sslOf(ssl) {
  if (ssl === undefined || ssl === null) return undefined;
  if (ssl === true) return 'require';
  return ssl === false ? 'disable' : 'no-verify';
}

const OF_SESSION = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];

const MODES = { require: 'require', disable: 'disable', 'no-verify': 'require' };

// What a client may set of its session beside where that is.
function sessionSettings({ application_name, fallback_application_name, options, ...config }) {
  const settings = { application_name: application_name ?? process.env.PGAPPNAME ?? fallback_application_name };
  for (const name of OF_SESSION) if (config[name]) settings[name] = config[name];
  return startup({ ...settings, options: options ?? process.env.PGOPTIONS });
}

// The settings of a client, in the words of src/run/natives.cc. What a URL says comes first.
function settingsOf(words = {}) {
  const config = typeof words === 'string' ? { connectionString: words } : words;
  const session = sessionSettings(config);
  const sslmode = MODES[sslOf(config.ssl)];
  if (config.connectionString) return { url: String(config.connectionString), under: given({ ...session, sslmode }) };
  const { env } = process;
  const user = config.user ?? env.PGUSER ?? env.USER ?? '';
  const password = config.password ?? env.PGPASSWORD ?? '';
  return {
    host: String(config.host ?? env.PGHOST ?? defaults.host),
    port: String(config.port ?? env.PGPORT ?? defaults.port),
    user,
    password: String(typeof password === 'function' ? password() : password),
    database: String(config.database ?? env.PGDATABASE ?? user),
    ssl: sslOf(config.ssl) ?? '',
    under: given(session),
  };
}

class Result {
  constructor(answer, { rowMode, types: own }, client) {
    const { columns, types: numbers, tag, rows } = answer;
    const [command, first, second] = tag.split(' ');
    this.command = command || null;
    const count = second ?? first;
    this.rowCount = /^\d+$/.test(count ?? '') ? Number(count) : null;
    this.oid = second !== undefined ? Number(first) : null;
    this.fields = columns.map((name, i) => ({
      name, tableID: 0, columnID: 0, dataTypeID: numbers[i], dataTypeSize: -1, dataTypeModifier: -1,
      format: 'text',
    }));
    const source = own ?? client;
    const parsers = numbers.map((type) => source.getTypeParser(type, 'text'));
    this.rowAsArray = rowMode === 'array';
    const parsed = (row, i) => (row[i] === null ? null : parsers[i](row[i]));
    this.rows = rows.map((row) => {
      if (this.rowAsArray) return row.map((_, i) => parsed(row, i));
      const out = {};
      for (let i = 0; i < columns.length; i++) out[columns[i]] = parsed(row, i);
      return out;
    });
  }
}

class Client extends EventEmitter {
  constructor(config) {
    super();
    this.settings = settingsOf(config);
    this.overrides = new TypeOverrides(typeof config === 'object' ? config?.types : undefined);
    const url = /^\w+:\/\/([^:@/]*)(?::[^@]*)?@?([^:/?]*)(?::(\d+))?\/([^?]*)/.exec(this.settings.url ?? '');
    this.user = this.settings.user ?? url?.[1];
    this.host = this.settings.host ?? url?.[2];
    this.port = Number(this.settings.port ?? url?.[3] ?? 5432);
    this.database = this.settings.database ?? url?.[4];
    this.ended = false;
  }

  getTypeParser(type, format) {
    return this.overrides.getTypeParser(type, format);
  }
  setTypeParser(...parameters) {
    this.overrides.setTypeParser(...parameters);
  }

  connect(done) {
    if (this.server) return settle(Promise.reject(new Error('Client has already been connected. You cannot reuse a client.')), done);
    this.server = openServer(this.settings);
    const error = new DatabaseError('');
    const connected = this.server.ask({ sql: '' }).then(
      () => void this.emit('connect'),
      (said) => {
        throw Object.assign(filled(error, said), { name: 'Error' });
      }
    );
    return settle(connected, done);
  }

  query(config, values, done) {
    if (typeof values === 'function') [values, done] = [undefined, values];
    if (config === null || config === undefined) throw new TypeError('Client was passed a null or undefined query');
    if (typeof config.submit === 'function')
      throw new Error('queries with a submit method (cursors, streams) are not available here');
    const options = typeof config === 'string' ? { text: config } : config;
    done ??= options.callback;
    return settle(this.answer(options, values ?? options.values), done);
  }

  answer(options, values) {
    const error = new DatabaseError('');
    if (this.ended) return Promise.reject(Object.assign(error, { message: 'Client was closed and is not queryable' }));
    if (!this.server) this.server = openServer(this.settings);
    const request = { sql: String(options.text) };
    if (values?.length > 0) request.values = values.map(prepareValue);
    return this.server.ask(request).then(
      (answers) => {
        const results = answers.map((answer) => new Result(answer, options, this));
        return results.length === 1 ? results[0] : results;
      },
      (said) => {
        throw filled(error, said);
      }
    );
  }

  end(done) {
    this.ended = true;
    this.server?.close();
    this.emit('end');
    return settle(Promise.resolve(), done);
  }

  ref() {}
  unref() {}
  escapeIdentifier(text) {
    return escapeIdentifier(text);
  }
  escapeLiteral(text) {
    return escapeLiteral(text);
  }
}

// By promise, or by callback where there is one.
function settle(promise, done) {
  if (typeof done !== 'function') return promise;
  promise.then(
    (value) => done(null, value),
    (error) => done(error, undefined)
  );
  return undefined;
}

class Pool extends EventEmitter {
  constructor(config) {
    super();
    this.options = typeof config === 'string' ? { connectionString: config } : { ...config };
    this.options.max ??= this.options.poolSize ?? defaults.max;
    this.all = new Set();
    this.idle = [];
    this.waiting = [];
    this.ending = false;
    this.ended = false;
  }

  get totalCount() {
    return this.all.size;
  }
  get idleCount() {
    return this.idle.length;
  }
  get waitingCount() {
    return this.waiting.length;
  }

  connect(done) {
    const taken = this.take();
    if (typeof done !== 'function') return taken;
    taken.then(
      (client) => done(undefined, client, client.release),
      (error) => done(error, undefined, () => {})
    );
    return undefined;
  }

  async take() {
    if (this.ending) throw new Error('Cannot use a pool after calling end on the pool');
    const known = this.idle.pop();
    if (known) return this.lend(known);
    if (this.all.size >= this.options.max)
      return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
    const client = new Client(this.options);
    this.all.add(client);
    try {
      await client.connect();
    } catch (error) {
      this.all.delete(client);
      throw error;
    }
    this.emit('connect', client);
    return this.lend(client);
  }

  lend(client) {
    let lent = true;
    client.release = (error) => {
      if (!lent) throw new Error('Release called on client which has already been released to the pool.');
      lent = false;
      this.giveBack(client, error);
    };
    this.emit('acquire', client);
    return client;
  }

  giveBack(client, error) {
    if (error || client.ended || this.ending) {
      this.all.delete(client);
      if (!client.ended) client.end();
    } else {
      const next = this.waiting.shift();
      if (next) return next.resolve(this.lend(client));
      this.idle.push(client);
    }
    this.emit('release', error, client);
    return undefined;
  }

  query(text, values, done) {
    if (typeof values === 'function') [values, done] = [undefined, values];
    return settle(this.once1(text, values), done);
  }

  async once1(text, values) {
    const error = new DatabaseError('');
    const client = await this.take();
    try {
      return await client.query(text, values);
    } catch (failed) {
      if (failed instanceof DatabaseError) failed.stack = error.stack;
      throw failed;
    } finally {
      client.release();
    }
  }

  end(done) {
    if (this.ending) return settle(Promise.reject(new Error('Called end on pool more than once')), done);
    this.ending = true;
    for (const client of this.idle.splice(0)) {
      this.all.delete(client);
      client.end();
    }
    this.ended = true;
    return settle(Promise.resolve(), done);
  }
}

class BoundPool extends Pool {}

module.exports = {
  Client, Pool: BoundPool, Query: class Query {}, Connection: class Connection {}, DatabaseError,
  TypeOverrides, defaults, types, escapeIdentifier, escapeLiteral, Result,
};
