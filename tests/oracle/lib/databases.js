'use strict';
// Databases of their own for migrations to run on, and what they hold afterwards
// as text that does not depend on the order in which things were made.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { run } = require('./project.js');

const POSTGRES_STATE = fs.readFileSync(path.join(__dirname, 'postgres_state.sql'), 'utf8');
const SQLITE_STATE = fs.readFileSync(path.join(__dirname, 'sqlite_state.sql'), 'utf8');

let count = 0;

class PostgresDatabase {
  static server = process.env.TIDEMARK_TEST_PG;

  static async create() {
    const name = `oracle_${process.pid}_${count++}`;
    await sql(PostgresDatabase.server, `create database ${name}`);
    return new PostgresDatabase(name);
  }
  constructor(name) {
    this.name = name;
    this.url = PostgresDatabase.server.replace('/postgres?', `/${name}?`);
  }
  execute(text) {
    return sql(this.url, text);
  }
  async schemas() {
    const names = await sql(
      this.url,
      "select nspname from pg_namespace where nspname !~ '^(pg_|information_schema$|drizzle$)'"
    );
    return names.trim().split('\n');
  }
  // PostgreSQL names primary keys itself, and keeps the name when the table gets
  // another.
  async state() {
    const lines = (await sql(this.url, POSTGRES_STATE))
      .replace(/\b\w+_pkey\b/g, 'pkey')
      .split('\n');
    return lines.sort().join('\n');
  }
  // `cleanup` undoes what belongs to the whole server.
  async remove(cleanup = '') {
    await sql(PostgresDatabase.server, `drop database ${this.name} with (force)`);
    await sql(PostgresDatabase.server, cleanup);
  }
}

async function sql(url, text) {
  const args = ['--no-psqlrc', '-qAtX', '-v', 'ON_ERROR_STOP=1', url];
  const { code, stdout, stderr } = await run('psql', args, { input: text });
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

class SqliteDatabase {
  static create() {
    return new SqliteDatabase(fs.mkdtempSync(path.join(os.tmpdir(), 'oracle-db-')));
  }
  constructor(folder) {
    this.folder = folder;
    this.file = path.join(folder, 'database.db');
    this.url = `file:${this.file}`;
  }
  execute(text) {
    return sqlite(this.file, text);
  }
  schemas() {
    return undefined;
  }
  state() {
    return sqlite(this.file, SQLITE_STATE);
  }
  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

async function sqlite(file, text) {
  const { code, stdout, stderr } = await run('sqlite3', ['-bail', '-batch', file], { input: text });
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

const databaseFor = (dialect) => (dialect === 'postgresql' ? PostgresDatabase : SqliteDatabase);

module.exports = { databaseFor };
