'use strict';
// The package `@libsql/client`: a local file as SQLite, a server over our own connection.

const native = require('../../runtime/native.js');
const { Buffer } = require('../../node/buffer.js');
const Database = require('./better-sqlite3.js');
const { Server } = require('../servers.js');
const transactions = require('../transactions.js');

class LibsqlError extends Error {
  constructor(message, code, rawCode, cause) {
    super(code === undefined ? message : `${code}: ${message}`, { cause });
    this.name = 'LibsqlError';
    this.code = code;
    this.rawCode = rawCode;
  }
}

const RAW = {
  SQLITE_ERROR: 1, SQLITE_BUSY: 5, SQLITE_READONLY: 8, SQLITE_CONSTRAINT_CHECK: 275,
  SQLITE_CONSTRAINT_FOREIGNKEY: 787, SQLITE_CONSTRAINT_NOTNULL: 1299, SQLITE_CONSTRAINT_PRIMARYKEY: 1555,
  SQLITE_CONSTRAINT_TRIGGER: 1811, SQLITE_CONSTRAINT_UNIQUE: 2067, SQLITE_CONSTRAINT_ROWID: 2579,
};

function translated(error) {
  return error instanceof Database.SqliteError
    ? new LibsqlError(error.message, error.code, RAW[error.code], error)
    : error;
}

function toSql(value, intMode) {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError('Only finite numbers (not Infinity or NaN) can be passed as arguments');
  if (typeof value === 'boolean') return { bigint: value ? 1n : 0n, string: value ? '1' : '0' }[intMode] ?? (value ? 1 : 0);
  if (value instanceof ArrayBuffer) return Buffer.from(value);
  if (value instanceof Date) return value.valueOf();
  if (value === undefined) throw new TypeError('undefined cannot be passed as argument to the database');
  return value;
}

function fromSql(value, intMode) {
  if (typeof value === 'bigint') {
    if (intMode === 'bigint') return value;
    if (intMode === 'string') return `${value}`;
    const number = Number(value);
    if (!Number.isSafeInteger(number))
      throw new RangeError('Received integer which cannot be safely represented as a JavaScript number');
    return number;
  }
  return ArrayBuffer.isView(value) ? value.buffer : value;
}

class ResultSet {
  constructor(columns, columnTypes, rows, rowsAffected, lastInsertRowid) {
    Object.assign(this, { columns, columnTypes, rows, rowsAffected, lastInsertRowid });
  }
  toJSON() {
    return { ...this, lastInsertRowid: this.lastInsertRowid?.toString() ?? null };
  }
}

// A row is read by number and by name; only the names are enumerable.
function rowOf(cells, columns, intMode) {
  const row = {};
  Object.defineProperty(row, 'length', { value: cells.length });
  cells.forEach((cell, i) => {
    const value = fromSql(cell, intMode);
    Object.defineProperty(row, i, { value });
    if (!Object.hasOwn(row, columns[i]))
      Object.defineProperty(row, columns[i], { value, enumerable: true, configurable: true, writable: true });
  });
  return row;
}

function statementOf(given, args) {
  if (typeof given === 'string') return { sql: given, args: args ?? [] };
  return Array.isArray(given) ? { sql: given[0], args: given[1] ?? [] } : { sql: given.sql, args: given.args ?? [] };
}

function namedArguments(args, intMode) {
  const out = {};
  for (const name of Object.keys(args)) out[name.replace(/^[@$:]/, '')] = toSql(args[name], intMode);
  return out;
}

function execute(database, given, intMode, args) {
  const { sql, args: list } = statementOf(given, args);
  const place = new Error();
  try {
    const statement = database.prepare(sql).safeIntegers(true);
    const values = Array.isArray(list) ? list.map((value) => toSql(value, intMode)) : [namedArguments(list, intMode)];
    if (!statement.reader) {
      const { changes, lastInsertRowid } = statement.run(...values);
      return new ResultSet([], [], [], changes, BigInt(lastInsertRowid));
    }
    const columns = statement.columns().map(({ name }) => name);
    const columnTypes = statement.columns().map(({ type }) => type ?? '');
    const rows = statement.raw().all(...values).map((cells) => rowOf(cells, columns, intMode));
    return new ResultSet(columns, columnTypes, rows, 0, undefined);
  } catch (error) {
    const told = translated(error);
    if (told !== error) told.stack = place.stack;
    throw told;
  }
}

const BEGIN = { write: 'BEGIN IMMEDIATE', read: 'BEGIN', deferred: 'BEGIN DEFERRED' };
const beginOf = (mode) => BEGIN[mode] ?? BEGIN.deferred;

class Transaction {
  constructor(database, intMode, giveBack) {
    Object.assign(this, { database, intMode, giveBack, ended: false });
  }
  get closed() {
    return this.ended || !this.database.inTransaction;
  }
  requireOpen() {
    if (this.closed) throw new LibsqlError('The transaction is closed', 'TRANSACTION_CLOSED');
  }
  async execute(given, args) {
    this.requireOpen();
    return execute(this.database, given, this.intMode, args);
  }
  async batch(list) {
    return list.map((one) => {
      this.requireOpen();
      return execute(this.database, one, this.intMode);
    });
  }
  async executeMultiple(sql) {
    this.requireOpen();
    run(this.database, sql);
  }
  finish(word) {
    run(this.database, word);
    this.ended = true;
    this.giveBack(this.database);
  }
  async commit() {
    this.requireOpen();
    this.finish('COMMIT');
  }
  async rollback() {
    if (!this.closed) this.finish('ROLLBACK');
  }
  close() {
    if (!this.closed) this.finish('ROLLBACK');
  }
}

function run(database, sql) {
  try {
    database.exec(sql);
  } catch (error) {
    throw translated(error);
  }
}

class FileClient {
  constructor(path, intMode) {
    Object.assign(this, { path, intMode, closed: false, protocol: 'file' });
    try {
      this.database = new Database(path);
    } catch (error) {
      throw translated(error);
    }
  }

  open() {
    if (this.closed) throw new LibsqlError('The client is closed', 'CLIENT_CLOSED');
    this.database ??= new Database(this.path);
    return this.database;
  }

  async execute(given, args) {
    return execute(this.open(), given, this.intMode, args);
  }

  async batch(list, mode = 'deferred') {
    const database = this.open();
    try {
      run(database, beginOf(mode));
      const results = list.map((one) => {
        if (!database.inTransaction) throw new LibsqlError('The transaction has been rolled back', 'TRANSACTION_CLOSED');
        return execute(database, one, this.intMode);
      });
      run(database, 'COMMIT');
      return results;
    } finally {
      if (database.inTransaction) run(database, 'ROLLBACK');
    }
  }

  async migrate(list) {
    run(this.open(), 'PRAGMA foreign_keys=off');
    try {
      return await this.batch(list, 'deferred');
    } finally {
      run(this.open(), 'PRAGMA foreign_keys=on');
    }
  }

  // It has the connection for itself; the client opens another where it needs one.
  async transaction(mode = 'write') {
    const database = this.open();
    run(database, beginOf(mode));
    if (this.path !== ':memory:' && !database.joined) this.database = undefined;
    return new Transaction(database, this.intMode, (back) => (this.database ??= back));
  }

  async executeMultiple(sql) {
    const database = this.open();
    try {
      run(database, sql);
    } finally {
      if (database.inTransaction && !database.joined) run(database, 'ROLLBACK');
    }
  }

  async sync() {}
  close() {
    this.closed = true;
    this.database?.close();
  }
}

function pathOf(url) {
  const plain = url.replace(/[?#].*$/, '');
  if (plain === ':memory:') return plain;
  const path = plain.slice('file:'.length).replace(/^\/\/(?:localhost)?(?=\/)/, '');
  return path === ':memory:' ? path : decodeURIComponent(path);
}

function createClient(config) {
  const { url = '', intMode = 'number' } = config;
  if (url === ':memory:' || url.startsWith('file:')) return new FileClient(pathOf(url), intMode);
  if (/^(libsql|https?|wss?):/.test(url)) {
    const settings = { url, token: config.authToken ?? '' };
    const words = { intMode, LibsqlError, ResultSet, rowOf, statementOf, toSql };
    if (transactions.settings.all)
      return require('./libsql/shared.js').sharedClient(native.serverKey(JSON.stringify(settings)), () => new Server(settings), words);
    const { ServerClient } = require('./libsql/server.js');
    return new ServerClient(new Server(settings), words);
  }
  throw new LibsqlError(`The URL '${url}' is not in a valid format`, 'URL_INVALID');
}

module.exports = { createClient, LibsqlError };
