'use strict';
// A database that every seed of a worker uses anew: emptied, not created, because
// creating one takes longer than all that is done in it.

const fs = require('node:fs');
const path = require('node:path');
const { MODULES } = require('../oracle/lib/project.js');
const { databaseFor } = require('../oracle/lib/databases.js');
const libsql = require(path.join(MODULES, 'libsql'));
const pg = require(path.join(MODULES, 'pg'));

const STATE = fs.readFileSync(path.join(__dirname, '../oracle/lib/postgres_state.sql'), 'utf8');
const ROLES = `select format('role %I %s %s %s', rolname, rolcreatedb, rolcreaterole, rolinherit) as line
  from pg_roles where rolname = any($1)`;
// PostgreSQL names the sequence of a serial column itself, and keeps the name when the
// table or the column gets another.
const SERIALS = `select format('%s.%s', sn.nspname, s.relname) as name, s.relname as bare,
    format('serial_of_%s_%s', c.relname, a.attname) as own
  from pg_depend d join pg_class s on s.oid = d.objid and s.relkind = 'S' join pg_namespace sn on sn.oid = s.relnamespace
  join pg_class c on c.oid = d.refobjid join pg_attribute a on a.attrelid = c.oid and a.attnum = d.refobjsubid
  where d.deptype = 'a' and d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass
  order by length(s.relname) desc`;
// So it is with primary keys.
const KEYS = "select conname as name from pg_constraint where contype = 'p' and conname ~ '_pkey[0-9]*$' order by length(conname) desc";
const SCHEMAS = "select format('drop schema %I cascade', nspname) as drop from pg_namespace where nspname !~ '^(pg_|information_schema$)'";

const quoted = (name) => `"${name.replaceAll('"', '""')}"`;

class Postgres {
  static async create(worker) {
    const self = new Postgres();
    const server = process.env.TIDEMARK_TEST_PG;
    self.name = `differential_${process.pid}_${worker}`;
    self.server = await connect(server);
    await self.server.query(`create database ${self.name}`);
    self.url = server.replace('/postgres?', `/${self.name}?`);
    self.client = await connect(self.url);
    self.version = parseInt((await self.query('show server_version'))[0][0]);
    return self;
  }
  async remove() {
    await this.client.end();
    await this.server.query(`drop database ${this.name}${this.version < 13 ? '' : ' with (force)'}`);
    await this.server.end();
  }

  // `roles` are those that a seed may have made: they belong to the whole server.
  async empty(roles) {
    this.roles = roles;
    const { rows } = await this.client.query(SCHEMAS);
    await this.client.query(rows.map((it) => it.drop).concat('create schema public').join(';'));
    for (const role of roles) await this.client.query(`drop role if exists ${quoted(role)}`);
  }
  execute(text) {
    return this.client.query(text);
  }
  // The first error of statements that are run one by one, or nothing.
  async attempt(statements) {
    for (const one of statements) {
      try {
        await this.client.query(one);
      } catch (error) {
        return `${error.message}: ${one}`;
      }
    }
    return '';
  }
  async query(text) {
    return (await this.client.query({ text, rowMode: 'array' })).rows;
  }
  async state() {
    const { rows: serials } = await this.client.query(SERIALS);
    const { rows: keys } = await this.client.query(KEYS);
    const plain = (line) => keys.reduce((text, it) => text.replaceAll(quoted(it.name), 'pkey').replaceAll(it.name, 'pkey'), serials.reduce((text, it) => (text.includes(it.bare) || text.includes(it.bare.replaceAll('"', '""').replaceAll("'", "''")) ? named(text, it) : text), line));
    const objects = (await this.client.query(STATE)).rows.map((it) => plain(it.line));
    const roles = (await this.client.query(ROLES, [this.roles])).rows.map((it) => it.line);
    return [...objects, ...roles].sort().join('\n');
  }
  quoted(name) {
    return quoted(name);
  }
  text(column) {
    return `${column}::text`;
  }
}

function named(line, { name, own }) {
  if (line.startsWith(`relation ${name} `) || line.startsWith(`sequence ${name} `)) return line.replace(name, own);
  return line.replace(/ default nextval\(.*$/, ` default ${own}`);
}

async function connect(url) {
  const client = new pg.Client({ connectionString: url });
  client.on('notice', () => {});
  await client.connect();
  return client;
}

class Sqlite {
  static async create() {
    const self = new this();
    self.file = await databaseFor('sqlite').create();
    self.url = self.file.url;
    return self;
  }
  remove() {
    this.file.remove();
  }
  async empty() {
    for (const ending of ['', '-wal', '-shm', '-journal']) fs.rmSync(this.file.file + ending, { force: true });
  }
  execute(text) {
    return this.file.execute(`.dbconfig dqs_dml off\n.dbconfig dqs_ddl off\npragma foreign_keys=on;\n${text}`);
  }
  async attempt(statements) {
    try {
      await this.execute(statements.map((one) => `${one}\n;`).join('\n'));
      return '';
    } catch (error) {
      return error.message;
    }
  }
  async query(text) {
    const rows = await this.file.execute(`.mode json\n${text};`);
    return rows === '' ? [] : JSON.parse(rows).map((it) => Object.values(it));
  }
  async state() {
    // One in other quotes may have a single backtick.
    const inDoubleQuotes = (all, name) => (name === undefined ? all : quoted(name.replaceAll('``', '`')));
    const line = (text) => text.replace(/"(?:[^"]|"")*"|'(?:[^']|'')*'|`((?:[^`]|``)*)`/g, inDoubleQuotes);
    return (await this.file.state()).split('\n').map(line).sort().join('\n');
  }
  // What SQLite itself finds wrong.
  async damage() {
    const found = await this.file.execute('pragma integrity_check; pragma foreign_key_check;');
    return found.trim().replace(/^ok$/, '');
  }
  quoted(name) {
    return quoted(name);
  }
  text(column) {
    return `quote(${column})`;
  }
}

// SQL of libSQL's own is run by libSQL.
class LibSql extends Sqlite {
  async attempt(statements) {
    const database = new libsql(this.file.file);
    try {
      database.exec('pragma foreign_keys=on');
      for (const one of statements) database.exec(one);
      return '';
    } catch (error) {
      return error.message;
    } finally {
      database.close();
    }
  }
}

const DATABASES = { postgresql: Postgres, sqlite: Sqlite, turso: LibSql };

module.exports = { DATABASES };
