'use strict';
// One seed: a schema, an edit of it, and what both programs make of them.

const fs = require('node:fs');
const path = require('node:path');
const { Project } = require('../oracle/lib/project.js');
const { Comparison } = require('./comparison.js');
const { statements } = require('./differences.js');
const { edited, renames } = require('./edits.js');
const { Maker } = require('./maker.js');
const peer = require('./peer.js');
const { Random } = require('./random.js');
const { contents, fill } = require('./rows.js');
const { schemaText } = require('./typescript.js');

const NOTHING = '[i] No changes detected';
const HAZARDS = ['loses_data', 'irreversible', 'not_transactional'];

// What servers before 13 and 15 have no word for.
function forServer(version, model) {
  if (version === undefined || version >= 15) return;
  if (version < 13)
    for (const { columns, indexes } of model.tables) {
      for (const it of columns) if (it.default?.includes('gen_random_uuid')) delete it.default;
      for (const it of indexes) if (it.with?.deduplicate_items) delete it.with;
    }
  for (const { columns, uniques } of model.tables) for (const it of [...columns.map(({ unique }) => unique), ...uniques]) delete it?.notDistinct;
  for (const { with: options } of model.views) delete options?.securityInvoker;
}

// Roles belong to the server, so each has its seed in its name, which is not cut for it.
const ofSeed = (seed, name) => [...`df${seed}_${name}`].reduce((cut, one) => (Buffer.byteLength(cut + one) <= 63 ? cut + one : cut), '');

// What a seed stands for, on a PostgreSQL of that major version.
function invent(dialect, seed, version) {
  const random = new Random(seed);
  const maker = new Maker(dialect, random);
  maker.roleName = (name) => ofSeed(seed, name);
  const before = maker.make();
  const { model: after, names } = edited(maker, before, new Random(seed + 0x5eed));
  for (const model of [before, after]) forServer(version, model);
  return { dialect, seed, before, after, edits: names };
}

// Where SQL that nobody rewrites speaks of a name, it cannot go to something else; nor can the
// name of what goes in the same migration. Names that PostgreSQL cuts to the same one have no
// schema. That is said, not tried.
const REFUSED = /cannot be passed on while|cannot become .*, which is there already|get the same name: of a name the database keeps 63 bytes/;
class Refused extends Error {}

class Broken extends Error {
  constructor(law, detail) {
    super(`${law}\n${detail}`);
    this.law = law;
  }
}

// A project folder whose schema is one file; its peer runs in this process.
class Folder extends Project {
  constructor(it, program, url) {
    super({ dialect: it.dialect, options: {}, schema: {} }, url);
    Object.assign(this, { it, program });
    for (const step of ['before', 'after']) {
      this.pair.schema[step] = path.join(this.folder, `${step}.ts`);
      fs.writeFileSync(this.pair.schema[step], schemaText(it[step]));
    }
    this.renames = renames(it.before, it.after);
    this.earlier = [];
  }

  // A project without migrations in the same place, where what the schemas evaluate to is
  // remembered. Of this one the migrations can still be read.
  anew(url) {
    const next = Object.assign(Object.create(Folder.prototype), this, { url });
    next.pair = { ...this.pair, schema: { ...this.pair.schema } };
    this.earlier.push(this);
    this.out = path.join(this.folder, `earlier_${this.earlier.length}`);
    if (fs.existsSync(next.out)) fs.renameSync(next.out, this.out);
    fs.rmSync(path.join(this.folder, '.tidemark'), { recursive: true, force: true });
    return next;
  }

  configure(step) {
    const config = {
      dialect: this.pair.dialect,
      schema: this.pair.schema[step],
      out: 'drizzle',
      casing: this.it.before.casing,
      dbCredentials: this.url && { url: this.url },
      schemaFilter: ['*'],
      entities: { roles: { include: rolesOf(this.it) } },
    };
    fs.writeFileSync(path.join(this.folder, 'drizzle.config.json'), JSON.stringify(config));
  }

  async peer(step) {
    const said = await peer.generate({ dialect: this.pair.dialect, schema: this.pair.schema[step], out: this.out, casing: this.it.before.casing, name: step }, (items) => this.choose(items));
    delete require.cache[this.pair.schema[step]];
    return said;
  }
  // A rename where one was meant.
  choose(items) {
    const meant = (item) => item.from && this.renames.some(({ from, to }) => from.name === item.from.name && to.name === item.to.name);
    return items.find(meant) ?? items[0];
  }

  flags() {
    return ['--rename-none', ...this.renames.flatMap((it) => ['--rename', flag(it, this.pair.dialect)])];
  }
  type(...words) {
    return this.program.type(this.folder, words);
  }
}

const rolesOf = (it) => [...new Set([...it.before.roles, ...it.after.roles].filter((role) => !role.existing).map((role) => role.name))];

function flag({ kind, owner, from, to }, dialect) {
  const schema = (path_) => (dialect === 'postgresql' ? `${path_.schema ?? 'public'}.` : '');
  if (owner) return `${kind}:${schema(owner)}${owner.name}.${from.name}=${to.name}`;
  if (kind === 'schema' || kind === 'role') return `${kind}:${from.name}=${to.name}`;
  return `${kind}:${schema(from)}${from.name}=${from.schema === to.schema ? to.name : schema(to) + to.name}`;
}

// Push leaves a primary key the name it has, and a column of SQLite a type that means
// the same.
function asPushSees(state) {
  const names = [...state.matchAll(/^constraint (\S+) (.*) PRIMARY KEY /gm)].map((it) => it[2]);
  const plain = state
    .replace(/^(column .*) (text|varchar)(\(\d+\))? not null/gim, '$1 text not null')
    .replace(/^(column .*) datetime not null/gim, '$1 numeric not null');
  return names.reduce((text, name) => text.replaceAll(`"${name.replaceAll('"', '""')}"`, 'pkey').replaceAll(name, 'pkey'), plain).split('\n').sort().join('\n');
}

class Trial {
  constructor(it, program, database) {
    this.it = it;
    this.program = program;
    this.database = database;
    this.random = new Random(it.seed + 0x70e5);
    this.roles = rolesOf(it);
    this.tally = { equal: 0, rows: new Set(), proofs: [], withRows: 0, withoutRows: 0 };
  }

  folder(url) {
    return (this.project = this.project?.anew(url) ?? new Folder(this.it, this.program, url));
  }

  // The law that is broken, or nothing.
  async check() {
    try {
      await (this.it.dialect === 'turso' ? this.runOnLibSql() : this.migrateAndBack());
      await this.checkEnd();
      await this.pushBoth();
      await this.compareWithPeer();
      return undefined;
    } catch (error) {
      if (error instanceof Refused) return void (this.refused = true);
      if (error instanceof Broken) return error;
      return new Broken('the test itself', error.stack);
    } finally {
      this.project?.remove();
      if (this.roles.length > 0) await this.database.empty(this.roles); // they belong to the server
    }
  }

  fail(law, detail) {
    throw new Broken(law, detail);
  }

  async compareWithPeer() {
    const theirs = this.folder();
    const said = [await theirs.peer('before'), await theirs.peer('after')];
    await new Comparison(this, theirs, this.ours, said).check();
  }

  async generate(folder, step) {
    folder.configure(step);
    const flags = step === 'after' ? folder.flags() : [];
    await this.expect(folder, 'generate', '--name', step, ...flags);
  }

  async expect(folder, ...words) {
    const { code, stdout, stderr } = await folder.type(...words);
    if (code !== 0 && REFUSED.test(stderr)) throw new Refused();
    if (code !== 0) this.fail(`${words[0]} fails`, `tidemark ${words.join(' ')}: exit ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  async expectNothing(folder, after) {
    const { code, stdout, stderr } = await folder.type('push');
    if (code !== 0 || stdout.trim() !== NOTHING) this.fail(`push after ${after} finds something`, `exit ${code}\n${stdout}${stderr}`);
  }

  // `migrate` has SQLite for a file. What is written for libSQL is run by libSQL itself.
  async runOnLibSql() {
    const { it, database } = this;
    await database.empty();
    const folder = (this.ours = this.folder());
    await this.generate(folder, 'before');
    await this.generate(folder, 'after');
    const [before, after] = folder.migrations().map((one) => statements(one.sql));
    await this.expectRun(before);
    this.started = await database.state();
    await fill(it.before, database, this.random);
    const full = await contents(it.before, it.after, database);
    await this.expectRun(after ?? [], true);
    this.migrated = await database.state();
    if (this.tally.withRows > 0) this.expectSame('rows are lost', full, await contents(it.after, it.before, database));
    await this.expectHealth('the change');
  }

  // Rows may stand against a change; an empty file may not. libSQL forbids NULL without a
  // look at the rows; `migrate` looks.
  async expectRun(list, again) {
    const { database } = this;
    const failure = (await database.attempt(list)) || (again && (await database.damage()).match(/^NULL value in .*/m)?.[0]);
    if (failure && !again) this.fail('libSQL refuses', failure);
    if (!again) return;
    this.tally[failure ? 'withoutRows' : 'withRows']++;
    if (!failure) return;
    await database.empty();
    const folder = this.folder();
    await this.generate(folder, 'before');
    await this.expectRun(statements(folder.migrations()[0].sql));
    await this.expectRun(list);
  }

  // With rows in all tables; without, where the rows stand against the change.
  async migrateAndBack() {
    if (await this.tryMigrateAndBack(true)) this.tally.withRows++;
    else if (await this.tryMigrateAndBack(false)) this.tally.withoutRows++;
  }

  async tryMigrateAndBack(withRows) {
    const { it, database } = this;
    await database.empty(this.roles);
    const folder = (this.ours = this.folder(database.url));
    await this.generate(folder, 'before');
    if (folder.migrations().length > 0) await this.expect(folder, 'migrate');
    const start = (this.started = await database.state());
    if (withRows) await fill(it.before, database, this.random);
    const full = await contents(it.before, it.after, database);
    const all = await contents(it.before, it.before, database, it.after);
    await this.generate(folder, 'after');
    this.migrated = start;
    if (folder.migrations().length === 0) return true;
    const { code, stdout, stderr } = await folder.type('migrate');
    if (code !== 0) {
      if (withRows) return false;
      this.fail('migrate fails', stdout + stderr);
    }
    this.migrated = await database.state();
    this.expectSame('rows are lost', full, await contents(it.after, it.before, database));
    await this.expectHealth('migrate');
    await this.expectNothing(folder, 'migrate');
    await this.rollBack(folder, start, all, stdout + stderr);
    return true;
  }

  async rollBack(folder, start, all, said) {
    if (folder.migrations().length < 2) return;
    const { code, stdout, stderr } = await folder.type('rollback', ...HAZARDS.flatMap((one) => ['--allow', one]));
    const kept = !said.includes('not kept');
    if (code !== 0 && !kept) return; // values that must be there are gone
    if (REFUSED.test(stderr)) return;
    // No value can be given a type that it does not fit.
    if (/\[22\w{3}\]/.test(stderr) && this.changesTypes()) return;
    if (code !== 0) this.fail('rollback fails', stdout + stderr);
    this.expectEqual('rollback leaves another catalog', start, await this.database.state());
    await this.expectHealth('rollback');
    if (kept) this.expectSame('rollback loses rows', all, await contents(this.it.before, this.it.before, this.database, this.it.after));
  }

  changesTypes() {
    const types = (model) => JSON.stringify(model.tables.flatMap((table) => table.columns.map(({ id, type, options, array }) => [id, type, options, array])).sort());
    return types(this.it.before) !== types(this.it.after);
  }

  async checkEnd() {
    const { database } = this;
    await database.empty(this.roles);
    const folder = this.folder(database.url);
    folder.configure('after');
    await this.expect(folder, 'push', '--force');
    this.fresh = await database.state();
    this.expectEqual('the migrated catalog is not a new one', this.fresh, this.migrated);
    await this.expectNothing(folder, 'push');
    await this.expect(folder, 'pull');
    folder.pair.schema.pulled = path.join(folder.out, 'schema.ts');
    const casing = this.it.before.casing;
    delete this.it.before.casing;
    folder.configure('pulled');
    if (casing) this.it.before.casing = casing;
    await this.expectNothing(folder, 'pull');
  }

  async pushBoth() {
    const { it, database } = this;
    await database.empty(this.roles);
    const folder = this.folder(database.url);
    folder.configure('before');
    await this.expect(folder, 'push', '--force');
    folder.configure('after');
    await this.expect(folder, 'push', '--force', ...folder.flags());
    this.expectEqual('push leaves another catalog than migrate', asPushSees(this.migrated), asPushSees(await database.state()));
    await this.expectNothing(folder, 'push of the change');
  }

  async expectHealth(after) {
    const damage = await this.database.damage?.();
    if (damage) this.fail(`the file is damaged after ${after}`, damage);
  }
  expectSame(law, a, b) {
    this.expectEqual(law, JSON.stringify(a, null, 1), JSON.stringify(b, null, 1));
  }
  expectEqual(law, wanted, found) {
    if (wanted === found) return;
    const [a, b] = [wanted.split('\n'), found.split('\n')];
    const missing = a.filter((line) => !b.includes(line)).map((line) => `- ${line}`);
    const extra = b.filter((line) => !a.includes(line)).map((line) => `+ ${line}`);
    this.fail(law, [...missing, ...extra].join('\n'));
  }
}

module.exports = { Folder, Trial, invent, rolesOf };
