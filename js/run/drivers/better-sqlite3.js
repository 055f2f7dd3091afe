'use strict';
// The package `better-sqlite3` on databases that we open.

const native = require('../../runtime/native.js');
const path = require('../../node/path.js');
const { Buffer } = require('../../node/buffer.js');
const transactions = require('../transactions.js');
const { encoded } = require('../wire.js');

class SqliteError extends Error {
  constructor(message, code) {
    super(message);
    this.name = 'SqliteError';
    this.code = code;
  }
}

// What the program answered, unless it was an error.
function checked(answer) {
  if (!answer?.error) return answer;
  const { message, code } = answer.error;
  if (code === 'NONE' || code === 'SEVERAL') throw new RangeError(message);
  if (code === 'NO_FOLDER') throw new TypeError(message);
  throw new SqliteError(message, code);
}

function toWire(value) {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? value : Number.isNaN(value) ? null : { f: String(value) };
    case 'string':
      return value;
    case 'bigint':
      return { i: String(value) };
    default:
      if (value === null || value === undefined) return null;
      if (ArrayBuffer.isView(value) && !(value instanceof DataView))
        return { b: Buffer.from(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)).toString('hex') };
      throw new TypeError('SQLite3 can only bind numbers, strings, bigints, buffers, and null');
  }
}

function fromWire(value, safe) {
  if (typeof value === 'number') return safe && Number.isInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value !== 'object') return value;
  if ('i' in value) return safe ? BigInt(value.i) : Number(value.i);
  return 'b' in value ? Buffer.from(value.b, 'hex') : Number(value.f);
}

function isNamed(value) {
  return value !== null && typeof value === 'object' && Object.getPrototypeOf(Object.getPrototypeOf(value) ?? {}) === null;
}

class Statement {
  constructor(database, sql) {
    this.database = database;
    this.source = sql;
    this.reader = this.made.reader;
    this.readonly = this.made.readonly;
    this.busy = false;
    this.shape = 'objects';
    this.safe = database.safe;
  }

  get made() {
    return this.database.prepared(this.source);
  }

  // The parameters of a call as a list in the order of the statement.
  bound(given) {
    if (this.fixed !== undefined) {
      if (given.length > 0) throw new TypeError('This statement already has bound parameters');
      return this.fixed;
    }
    const { parameters } = this.made;
    const flat = given.flatMap((value) => (Array.isArray(value) ? value : [value]));
    const named = flat.find(isNamed);
    const plain = flat.filter((value) => value !== named || named === undefined);
    const list = parameters.map((name) => {
      const word = name.slice(1);
      if (name === '' || /^\d+$/.test(word)) {
        if (plain.length === 0) throw new RangeError('Too few parameter values were provided');
        return toWire(plain.shift());
      }
      if (named === undefined) {
        if (flat.length > 0) throw new RangeError('Too few parameter values were provided');
        throw new RangeError('Missing named parameters');
      }
      if (!(word in named)) throw new RangeError(`Missing named parameter "${word}"`);
      return toWire(named[word]);
    });
    if (plain.length > 0) throw new RangeError('Too many parameter values were provided');
    return encoded(list);
  }

  rowOf(values) {
    const cells = values.map((value) => fromWire(value, this.safe));
    if (this.shape === 'raw') return cells;
    if (this.shape === 'pluck') return cells[0];
    const { columns } = this.made;
    const out = {};
    if (this.shape === 'expand') {
      columns.forEach(({ name, table }, i) => ((out[table ?? '$'] ??= {})[name] = cells[i]));
    } else {
      columns.forEach(({ name }, i) => (out[name] = cells[i]));
    }
    return out;
  }

  read(given, firstOnly) {
    if (!this.reader)
      throw new TypeError('This statement does not return data. Use run() instead');
    const list = this.bound(given);
    if (!this.readonly) transactions.shown('sqlite', this.source, JSON.parse(list));
    const rows = checked(native.sqliteQuery(this.made.id, list, firstOnly && this.readonly));
    return rows.map((row) => this.rowOf(row));
  }

  run(...given) {
    const list = this.bound(given);
    transactions.shown('sqlite', this.source, JSON.parse(list));
    if (this.instead) {
      this.database.control(this.instead);
      return { changes: 0, lastInsertRowid: 0 };
    }
    const [[changes, rowid]] = checked(native.sqliteRun(this.made.id, list));
    return { changes, lastInsertRowid: fromWire(rowid, this.safe) };
  }
  get(...given) {
    return this.read(given, true)[0];
  }
  all(...given) {
    return this.read(given, false);
  }
  *iterate(...given) {
    yield* this.read(given, false);
  }
  bind(...given) {
    this.fixed = this.bound(given);
    return this;
  }

  shaped(name, on) {
    if (!this.reader) throw new TypeError(`The ${name}() method is only for statements that return data`);
    this.shape = on ? name : 'objects';
    return this;
  }
  pluck(on = true) {
    return this.shaped('pluck', on);
  }
  expand(on = true) {
    return this.shaped('expand', on);
  }
  raw(on = true) {
    return this.shaped('raw', on);
  }
  safeIntegers(on = true) {
    this.safe = on;
    return this;
  }
  columns() {
    if (!this.reader) throw new TypeError('The columns() method is only for statements that return data');
    return this.made.columns.map(({ name, column, table, type }) => ({
      name, column, table, database: table ? 'main' : null, type,
    }));
  }
}

const MOST_PREPARED = 200;
const joined = new Map(); // path -> what databases of one file share under --transaction

class Database {
  constructor(file = '', options = {}) {
    if (!new.target) return new Database(file, options);
    const plain = String(file).trim();
    this.memory = plain === '' || plain === ':memory:' || plain === 'file::memory:';
    this.name = plain;
    this.readonly = Boolean(options.readonly);
    this.open = true;
    this.safe = false;
    this.statements = new Map();
    const where = this.memory ? ':memory:' : plain.startsWith('file:') ? plain : path.resolve(plain);
    const settings = { readonly: this.readonly, mustExist: Boolean(options.fileMustExist) };
    const shares = transactions.settings.all && !this.readonly && !this.memory;
    if (shares && joined.has(where)) return Object.assign(this, joined.get(where));
    this.id = checked(native.sqliteOpen(where, JSON.stringify(settings)));
    if (shares) this.begin(where);
  }

  // --transaction: see js/run/transactions.js. Who opens the file again shares it.
  begin(where) {
    for (const sql of ['begin immediate', ...transactions.takeBeginning(where)])
      checked(native.sqliteExecute(this.id, sql));
    const { id } = this;
    Object.assign(this, { joined: true, turns: new transactions.Turns() });
    joined.set(where, { id, joined: true, turns: this.turns });
    transactions.join(this);
  }
  end(good) {
    checked(native.sqliteExecute(this.id, good ? 'commit' : 'rollback'));
  }
  control(sql) {
    for (const one of transactions.translated(this.turns, this, sql)) checked(native.sqliteExecute(this.id, one));
  }
  // Its statements where one of them begins or ends a transaction that is a savepoint here.
  pieces(sql) {
    return this.joined ? transactions.pieces('sqlite', sql) : undefined;
  }

  get inTransaction() {
    return this.joined ? this.turns.holders.length > 0 : checked(native.sqliteInTransaction(this.id));
  }

  requireOpen() {
    if (!this.open) throw new TypeError('The database connection is not open');
  }

  prepare(sql) {
    this.requireOpen();
    if (typeof sql !== 'string') throw new TypeError('Expected first argument to be a string');
    const statement = new Statement(this, sql);
    statement.instead = this.pieces(sql)?.[0];
    return statement;
  }

  // What the program prepared of a text. The oldest is forgotten, and made anew if needed.
  prepared(sql) {
    this.requireOpen();
    const known = this.statements.get(sql);
    if (known) return known;
    const made = checked(native.sqlitePrepare(this.id, sql));
    this.statements.set(sql, made);
    if (this.statements.size > MOST_PREPARED) {
      const [oldest, { id }] = this.statements.entries().next().value;
      this.statements.delete(oldest);
      native.sqliteForget(id);
    }
    return made;
  }

  exec(sql) {
    this.requireOpen();
    transactions.shown('sqlite', sql);
    for (const one of this.pieces(sql) ?? [sql])
      if (this.joined && transactions.isControl(one)) this.control(one);
      else checked(native.sqliteExecute(this.id, one));
    return this;
  }

  pragma(source, { simple } = {}) {
    const statement = this.prepare(`PRAGMA ${source}`);
    if (!statement.reader) return statement.run() && (simple ? undefined : []);
    return simple ? statement.pluck().get() : statement.all();
  }

  // A function that runs in a transaction; inside another one, behind a savepoint.
  transaction(action) {
    const database = this;
    const made = (mode) =>
      function (...parameters) {
        const inside = database.inTransaction;
        const name = '`\t_bs3.\t`';
        database.exec(inside ? `SAVEPOINT ${name}` : `BEGIN${mode}`);
        try {
          const result = action.apply(this, parameters);
          if (result && typeof result.then === 'function')
            throw new TypeError('Transaction function cannot return a promise');
          database.exec(inside ? `RELEASE ${name}` : 'COMMIT');
          return result;
        } catch (error) {
          if (database.inTransaction) {
            if (inside) database.exec(`ROLLBACK TO ${name}`).exec(`RELEASE ${name}`);
            else database.exec('ROLLBACK');
          }
          throw error;
        }
      };
    const wrapped = made('');
    const modes = { default: wrapped, deferred: made(' DEFERRED'), immediate: made(' IMMEDIATE'), exclusive: made(' EXCLUSIVE') };
    for (const mode of Object.values(modes)) Object.assign(mode, modes, { database });
    return wrapped;
  }

  defaultSafeIntegers(on = true) {
    this.safe = on;
    return this;
  }

  close() {
    if (!this.open) return this;
    this.open = false;
    if (!this.joined) native.sqliteClose(this.id);
    return this;
  }

  unsafeMode() {
    return this;
  }
}

for (const name of ['function', 'aggregate', 'table', 'loadExtension', 'backup', 'serialize'])
  Database.prototype[name] = () => {
    throw new Error(`Database.${name} of better-sqlite3 is not available here`);
  };

// Callable without `new`, as the package allows.
module.exports = new Proxy(Database, { apply: (target, _, given) => new target(...given) });
Object.assign(Database, { SqliteError, default: module.exports });
Object.assign(module.exports, { Database: module.exports });
module.exports.wire = { checked, toWire, fromWire };
