'use strict';
// A libSQL server for `@libsql/client`: Hrana over HTTP, whose streams are named by batons.
// Source: https://github.com/tursodatabase/libsql/blob/main/docs/HRANA_2_SPEC.md

const { Buffer } = require('../../../node/buffer.js');
const transactions = require('../../transactions.js');

const BEGIN = { write: 'BEGIN IMMEDIATE', read: 'BEGIN TRANSACTION READONLY', deferred: 'BEGIN DEFERRED' };

function toHrana(value) {
  if (value === null || value === undefined) return { type: 'null' };
  if (typeof value === 'bigint') return { type: 'integer', value: String(value) };
  if (typeof value === 'number') return { type: 'float', value };
  if (ArrayBuffer.isView(value)) return { type: 'blob', base64: Buffer.from(value).toString('base64') };
  return { type: 'text', value: String(value) };
}

function fromHrana(cell) {
  if (cell.type === 'null') return null;
  if (cell.type === 'integer') return BigInt(cell.value);
  return cell.type === 'blob' ? Buffer.from(cell.base64, 'base64') : cell.value;
}

// `words` are what js/run/drivers/libsql.js makes of rows and errors.
class Stream {
  constructor(server, words) {
    Object.assign(this, { server, words, baton: undefined });
  }

  statement(given, args) {
    const { sql, args: list } = this.words.statementOf(given, args);
    const { intMode } = this.words;
    transactions.shown('sqlite', sql, Array.isArray(list) ? list.map(String) : undefined);
    const value = (one) => toHrana(this.words.toSql(one, intMode));
    if (Array.isArray(list)) return { sql, args: list.map(value), want_rows: true };
    const named = Object.keys(list).map((name) => ({ name: name.replace(/^[@$:]/, ''), value: value(list[name]) }));
    return { sql, named_args: named, want_rows: true };
  }

  resultOf({ cols, rows, affected_row_count, last_insert_rowid }) {
    const { ResultSet, rowOf, intMode } = this.words;
    const columns = cols.map(({ name }) => name ?? '');
    const types = cols.map(({ decltype }) => decltype ?? '');
    const made = rows.map((cells) => rowOf(cells.map(fromHrana), columns, intMode));
    const rowid = last_insert_rowid === null || last_insert_rowid === undefined ? undefined : BigInt(last_insert_rowid);
    return new ResultSet(columns, types, made, affected_row_count, rowid);
  }

  errorOf({ message, code }, place) {
    const error = new this.words.LibsqlError(message, code ?? 'UNKNOWN');
    error.stack = place.stack;
    return error;
  }

  // The results of requests in one round trip; the first that failed is thrown.
  async send(requests, place) {
    const { status, body, text } = await this.post({ baton: this.baton ?? null, requests }, place);
    if (status !== 200 || !body?.results) throw this.errorOf({ message: `Server returned HTTP status ${status}: ${text}`, code: 'SERVER_ERROR' }, place);
    this.baton = body.baton ?? undefined;
    const failed = body.results.find(({ type }) => type === 'error');
    if (failed) throw this.errorOf(failed.error, place);
    return body.results.map(({ response }) => response.result);
  }

  async post(request, place) {
    try {
      return await this.server.ask({ sql: '', pipeline: request });
    } catch (said) {
      throw this.errorOf({ message: said.message, code: said.code }, place);
    }
  }

  async execute(given, args) {
    const [result] = await this.send([{ type: 'execute', stmt: this.statement(given, args) }], new Error());
    return this.resultOf(result);
  }

  async batch(list, mode) {
    const place = new Error();
    const steps = [{ stmt: { sql: BEGIN[mode] ?? BEGIN.deferred, want_rows: false } }];
    for (const one of list) steps.push({ stmt: this.statement(one), condition: { type: 'ok', step: steps.length - 1 } });
    const last = steps.length - 1;
    steps.push({ stmt: { sql: 'COMMIT', want_rows: false }, condition: { type: 'ok', step: last } });
    steps.push({ stmt: { sql: 'ROLLBACK', want_rows: false }, condition: { type: 'not', cond: { type: 'ok', step: last + 1 } } });
    const [result] = await this.send([{ type: 'batch', batch: { steps } }], place);
    const failed = result.step_errors.slice(0, last + 2).find(Boolean);
    if (failed) throw this.errorOf(failed, place);
    return result.step_results.slice(1, last + 1).map((one) => this.resultOf(one));
  }

  async sequence(sql) {
    await this.send([{ type: 'sequence', sql }], new Error());
  }

  async close() {
    // A stream that is not closed is ended by the server in a while.
    if (this.baton) await this.send([{ type: 'close' }], new Error()).catch(() => {});
    this.baton = undefined;
  }
}

class Transaction {
  constructor(stream) {
    Object.assign(this, { stream, closed: false });
  }
  requireOpen() {
    if (this.closed) throw new this.stream.words.LibsqlError('The transaction is closed', 'TRANSACTION_CLOSED');
  }
  async execute(given, args) {
    this.requireOpen();
    return this.stream.execute(given, args);
  }
  async batch(list) {
    const out = [];
    for (const one of list) out.push(await this.execute(one));
    return out;
  }
  async executeMultiple(sql) {
    this.requireOpen();
    return this.stream.sequence(sql);
  }
  async finish(word) {
    this.closed = true;
    await this.stream.execute(word);
    await this.stream.close();
  }
  async commit() {
    this.requireOpen();
    await this.finish('COMMIT');
  }
  async rollback() {
    if (!this.closed) await this.finish('ROLLBACK');
  }
  close() {
    // What cannot be asked to roll back is rolled back by the server.
    if (!this.closed) this.rollback().catch(() => {});
  }
}

// Every statement outside of a transaction has a stream of its own.
class ServerClient {
  constructor(server, words) {
    Object.assign(this, { server, words, closed: false, protocol: 'http' });
  }

  async alone(action) {
    if (this.closed) throw new this.words.LibsqlError('The client is closed', 'CLIENT_CLOSED');
    const stream = new Stream(this.server, this.words);
    try {
      return await action(stream);
    } finally {
      await stream.close();
    }
  }

  execute(given, args) {
    return this.alone((stream) => stream.execute(given, args));
  }
  batch(list, mode = 'deferred') {
    return this.alone((stream) => stream.batch(list, mode));
  }
  migrate(list) {
    return this.alone(async (stream) => {
      await stream.execute('PRAGMA foreign_keys=off');
      try {
        return await stream.batch(list, 'deferred');
      } finally {
        await stream.execute('PRAGMA foreign_keys=on');
      }
    });
  }
  executeMultiple(sql) {
    return this.alone((stream) => stream.sequence(sql));
  }
  async transaction(mode = 'write') {
    const stream = new Stream(this.server, this.words);
    await stream.execute(BEGIN[mode] ?? BEGIN.deferred);
    return new Transaction(stream);
  }
  async sync() {}
  close() {
    this.closed = true;
    this.server.close();
  }
}

module.exports = { ServerClient, Stream };
