'use strict';
// The package `postgres` on sessions of ours.

const process = require('../node/process.js');
const { openServer } = require('../servers.js');
const { parseArray } = require('./pg/array.js');
const { given, startup } = require('./pg/settings.js');
const { types, handlers, Parameter, inferType, arrayText } = require('./postgres/types.js');
const { Identifier, Builder, Composer } = require('./postgres/fragments.js');

class PostgresError extends Error {
  name = 'PostgresError';
}

const FIELDS = { detail: 'detail', hint: 'hint', where: 'where', schema: 'schema_name', table: 'table_name', column: 'column_name', constraint: 'constraint_name' };

function filled(error, said, query) {
  error.message = said.message;
  error.code = said.lost ? 'CONNECTION_CLOSED' : said.code;
  error.severity = 'ERROR';
  error.severity_local = 'ERROR';
  for (const [from, to] of Object.entries(FIELDS)) if (said[from]) error[to] = said[from];
  if (said.position) error.position = String(said.position);
  Object.defineProperty(error, 'query', { value: query, enumerable: false });
  return error;
}

class Result extends Array {
  static get [Symbol.species]() {
    return Array;
  }
}

// A query that is sent when somebody waits for it.
class Query {
  constructor(strings, args, send, options = {}) {
    Object.assign(this, { strings, args, send, options, executed: false, shape: 'objects' });
    this.error = new PostgresError(''); // with the place where it was asked for
  }

  handle() {
    if (!this.executed) {
      this.executed = true;
      this.promise = Promise.resolve().then(() => this.send(this));
    }
    return this.promise;
  }

  execute() {
    this.handle().catch(() => {}); // who awaits the query hears of it
    return this;
  }
  then(done, failed) {
    return this.handle().then(done, failed);
  }
  catch(failed) {
    return this.handle().catch(failed);
  }
  finally(done) {
    return this.handle().finally(done);
  }
  values() {
    this.shape = 'values';
    return this;
  }
  raw() {
    this.shape = 'raw';
    return this;
  }
  simple() {
    this.options.simple = true;
    return this;
  }
  describe() {
    throw new Error('describe() of postgres is not available here');
  }
  async forEach(action) {
    const rows = await this;
    rows.forEach((row) => action(row, rows));
    return rows;
  }
  // All rows are there at once; they are handed out in parts.
  cursor(size = 1, action) {
    if (typeof size === 'function') [size, action] = [1, size];
    const parts = async function* (query) {
      const rows = await query;
      for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size);
    };
    if (!action) return parts(this);
    return (async () => {
      for await (const part of parts(this)) if ((await action(part)) === CLOSE) break;
    })();
  }
  cancel() {}
  get [Symbol.toStringTag]() {
    return 'Query';
  }
}

const CLOSE = {};
const END = {};

// `ssl` as libpq's sslmode; an object of settings asks for encryption at the least.
const MODES = { require: 'require', allow: 'allow', prefer: 'prefer', 'verify-full': 'verify-full', 'no-verify': 'require', false: 'disable' };

// Words of a URL that are no settings of the driver are those of the session.
const OF_SESSION = /^(?:search_path|timezone|datestyle|role|\w+_timeout)$/i;

function sessionSettings(url, options) {
  const given = {};
  for (const [, key, value] of (url ?? '').matchAll(/[?&]([^=&#]+)=([^&#]*)/g))
    if (OF_SESSION.test(key) && key !== 'connect_timeout') given[key] = decodeURIComponent(value);
  return { application_name: 'postgres.js', ...given, ...options.connection };
}

function settingsOf(url, options) {
  const { env } = process;
  const address = url && String(url);
  const user = options.user ?? options.username;
  const password = options.password ?? options.pass;
  const ssl = options.ssl === true || typeof options.ssl === 'object' ? 'no-verify' : options.ssl;
  const over = {
    host: options.host ?? options.hostname, port: options.port, user,
    password: typeof password === 'function' ? password() : password,
    dbname: options.database ?? options.db,
    sslmode: MODES[ssl],
    ...startup(sessionSettings(address, options)),
  };
  if (address) return { url: address, over: given(over) };
  const name = user ?? env.PGUSERNAME ?? env.PGUSER ?? env.USER ?? '';
  return {
    host: String(over.host ?? env.PGHOST ?? 'localhost'),
    port: String(over.port ?? env.PGPORT ?? 5432),
    user: name,
    password: String(over.password ?? env.PGPASSWORD ?? ''),
    database: String(over.dbname ?? env.PGDATABASE ?? name),
    ssl: ssl ? String(ssl) : '',
    over: given({ application_name: over.application_name, options: over.options }),
  };
}

function optionsOf(given) {
  const own = handlers(given.types ?? {});
  const base = handlers(types);
  const transform = given.transform ?? {};
  const column = typeof transform.column === 'function' ? { from: transform.column } : transform.column;
  const value = typeof transform.value === 'function' ? { from: transform.value } : transform.value;
  const row = typeof transform.row === 'function' ? { from: transform.row } : transform.row;
  return {
    ...given,
    max: given.max ?? 10,
    transform: { undefined: transform.undefined, column: column ?? {}, value: value ?? {}, row: row ?? {} },
    parsers: { ...base.parsers, ...own.parsers },
    serializers: { ...base.serializers, ...own.serializers },
    arrayTypes: {},
    fetch_types: given.fetch_types ?? true,
  };
}

// One session and the statements it knows.
class Connection {
  constructor(client) {
    this.client = client;
    this.server = openServer(client.settings);
  }

  async run(query) {
    const { options } = this.client;
    const composer = new Composer(options, Query);
    const plain = query.options.simple || query.plain;
    const text = plain ? query.strings[0] : composer.query(query.strings, query.args);
    const values = plain ? query.args : composer.values;
    const given = plain ? values.map((x) => inferType(x) ?? 0) : composer.types;
    try {
      await this.fetchTypes();
      const request = { sql: text };
      if (values.length > 0) {
        request.types = await this.typesOf(text, given);
        request.values = this.serialized(values, request.types);
      }
      const answers = await this.server.ask(request);
      const results = answers.map((answer) => this.resultOf(answer, query, text));
      return results.length > 1 ? results : results[0];
    } catch (said) {
      throw said instanceof Error ? said : filled(query.error, said, text);
    }
  }

  async typesOf(text, given) {
    const { described } = this.client;
    const key = `${text}\n${given}`;
    if (!described.has(key)) described.set(key, await this.server.ask({ sql: text, describe: given }));
    return described.get(key);
  }

  serialized(values, types) {
    const { options } = this.client;
    return values.map((value, i) => {
      const x = value instanceof Parameter ? value.value : value;
      if (x === null) return null;
      if (x === undefined) throw Object.assign(new Error('UNDEFINED_VALUE: Undefined values are not allowed'), { code: 'UNDEFINED_VALUE' });
      const serialize = options.serializers[types[i]];
      return String(serialize ? serialize(x) : x);
    });
  }

  // The types of arrays are numbered by the database.
  async fetchTypes() {
    const { options } = this.client;
    if (!options.fetch_types || this.client.fetched) return;
    this.client.fetched = true;
    const [{ rows }] = await this.server.ask({
      sql: "select b.oid, b.typarray from pg_catalog.pg_type a left join pg_catalog.pg_type b on b.oid = a.typelem where a.typcategory = 'A' group by b.oid, b.typarray order by b.oid",
    });
    for (const [element, array] of rows) {
      if (array === null || options.parsers[array] || options.serializers[array]) continue;
      const parse = options.parsers[element];
      options.arrayTypes[element] = Number(array);
      options.parsers[array] = (text) => parseArray(text, parse);
      options.serializers[array] = (list) => (Array.isArray(list) ? arrayText(list, options.serializers[element]) : list);
    }
  }

  resultOf({ columns, types: numbers, tag, rows }, query, text) {
    const { parsers, transform } = this.client.options;
    const names = columns.map((name) => (transform.column.from ? transform.column.from(name) : name));
    const out = new Result();
    for (const row of rows) {
      const cells = row.map((cell, i) => {
        if (cell === null || query.shape === 'raw') return cell;
        const parse = parsers[numbers[i]];
        const value = parse ? parse(cell) : cell;
        return transform.value.from ? transform.value.from(value, { name: names[i], type: numbers[i] }) : value;
      });
      if (query.shape !== 'objects') {
        out.push(cells);
        continue;
      }
      const object = {};
      names.forEach((name, i) => (object[name] = cells[i]));
      out.push(transform.row.from ? transform.row.from(object) : object);
    }
    const words = tag.split(' ');
    const count = /^\d+$/.test(words.at(-1)) ? Number(words.at(-1)) : null;
    const beside = {
      count,
      command: words.filter((word) => !/^\d+$/.test(word)).join(' '),
      columns: columns.map((name, i) => ({ name: names[i], type: numbers[i], table: 0, number: 0 })),
      statement: { string: text, columns, types: [] },
      state: { status: 'I' },
    };
    for (const [name, value] of Object.entries(beside)) Object.defineProperty(out, name, { value, writable: true, enumerable: false });
    return out;
  }
}

class Client {
  constructor(url, given) {
    this.settings = settingsOf(url, given);
    this.options = optionsOf(given);
    this.described = new Map();
    this.idle = [];
    this.all = [];
    this.waiting = [];
    this.ended = false;
  }

  async take() {
    if (this.ended) throw Object.assign(new Error('write CONNECTION_ENDED'), { code: 'CONNECTION_ENDED' });
    if (this.idle.length > 0) return this.idle.pop();
    if (this.all.length >= this.options.max) return new Promise((resolve) => this.waiting.push(resolve));
    const made = new Connection(this);
    this.all.push(made);
    return made;
  }

  giveBack(connection) {
    const next = this.waiting.shift();
    if (next) next(connection);
    else this.idle.push(connection);
  }

  async run(query) {
    const connection = await this.take();
    try {
      return await connection.run(query);
    } finally {
      this.giveBack(connection);
    }
  }

  async end() {
    this.ended = true;
    for (const connection of this.all.splice(0)) connection.server.close();
  }
}

// The function `sql` whose queries go to `send`.
function makeSql(client, send) {
  const { options } = client;
  function sql(strings, ...args) {
    if (Array.isArray(strings?.raw)) return new Query(strings, args, send);
    if (typeof strings === 'string' && args.length === 0) {
      const convert = options.transform.column.to;
      return new Identifier(convert ? convert(strings) : strings);
    }
    return new Builder(strings, args);
  }
  const typed = (value, type) => new Parameter(value, type);
  for (const [name, type] of Object.entries({ ...types, ...options.types }))
    typed[name] = (value) => new Parameter(value, type.to);

  function unsafe(text, args = [], given = {}) {
    const [list, settings] = Array.isArray(args) ? [args, given] : [[], args];
    const query = new Query([text], list, send, { ...settings, simple: list.length === 0 });
    query.plain = true;
    return query;
  }

  return Object.assign(sql, {
    options, unsafe, typed,
    types: typed,
    json: (value) => new Parameter(value, 3802),
    array(value, type) {
      const list = Array.isArray(value) ? value : [...arguments];
      return new Parameter(list, type || (list.length > 0 ? inferType(list) || 25 : 0), true);
    },
    file: (path, ...rest) => unsafe(require('../node/fs.js').readFileSync(path, 'utf8'), ...rest),
    notify: (channel, payload) => sql`select pg_notify(${channel}, ${`${payload}`})`,
    PostgresError, CLOSE, END,
  });
}

// Runs `action` in a transaction of one connection, or behind a savepoint of it.
async function scope(client, connection, action, name) {
  let count = 0;
  let failed;
  const send = (query) => connection.run(query).catch((error) => {
    failed ??= error;
    throw error;
  });
  const sql = makeSql(client, send);
  sql.savepoint = (label, inner) => {
    const [plain, own] = typeof label === 'function' ? ['', label] : [`_${label}`, inner];
    return scope(client, connection, own, `s${count++}${plain}`);
  };
  if (name) await sql.unsafe(`savepoint "${name}"`);
  try {
    const result = action(sql);
    const value = await (Array.isArray(result) ? Promise.all(result) : result);
    if (failed) throw failed;
    if (!name) await sql.unsafe('commit');
    return value;
  } catch (error) {
    await connection.run(plainQuery(name ? `rollback to "${name}"` : 'rollback'));
    throw error.code === '25P02' && failed ? failed : error;
  }
}

function plainQuery(text) {
  return Object.assign(new Query([text], [], undefined, { simple: true }), { plain: true });
}

function postgres(url, given) {
  const [address, settings] = typeof url === 'object' && !(url instanceof globalThis.URL) ? [undefined, url ?? {}] : [url, given ?? {}];
  const client = new Client(address ?? (settings.host ? undefined : process.env.DATABASE_URL), settings);
  const sql = makeSql(client, (query) => client.run(query));
  const end = () => client.end();
  return Object.assign(sql, {
    end,
    close: end,
    parameters: {},
    async begin(options, action) {
      const [mode, own] = typeof options === 'function' ? ['', options] : [options, action];
      const connection = await client.take();
      try {
        await connection.run(plainQuery(`begin ${mode.replace(/[^a-z ]/gi, '')}`));
        return await scope(client, connection, own);
      } finally {
        client.giveBack(connection);
      }
    },
    async reserve() {
      const connection = await client.take();
      const own = makeSql(client, (query) => connection.run(query));
      own.release = () => client.giveBack(connection);
      return own;
    },
    listen() {
      throw new Error('listen() of postgres is not available here');
    },
    subscribe() {
      throw new Error('subscribe() of postgres is not available here');
    },
  });
}

const BigIntType = { to: 20, from: [20], parse: (text) => BigInt(text), serialize: (value) => value.toString() };
const toCamel = (text) => text.replace(/_(.)/g, (_, c) => c.toUpperCase());
const fromCamel = (text) => text.replace(/([A-Z])/g, '_$1').toLowerCase();
const toPascal = (text) => toCamel(`_${text}`);
const fromPascal = (text) => fromCamel(text).replace(/^_/, '');
const toKebab = (text) => text.replace(/_/g, '-');
const fromKebab = (text) => text.replace(/-/g, '_');

module.exports = Object.assign(postgres, {
  PostgresError, toCamel, fromCamel, toPascal, fromPascal, toKebab, fromKebab,
  BigInt: BigIntType,
  camel: { column: { from: toCamel, to: fromCamel } },
  pascal: { column: { from: toPascal, to: fromPascal } },
  kebab: { column: { from: toKebab, to: fromKebab } },
  default: postgres,
});
