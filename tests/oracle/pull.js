'use strict';
// What `pull` writes: that drizzle-kit and TypeScript take it, and how it differs from
// what drizzle-kit writes of the same database.
//
//   node pull.js TIDEMARK SCHEMA_TEXT_OF [part of a pair's name] [--accept]
//
// Every difference is in pull_differences.json, with its row in docs/differences.md.
// --accept writes the file anew; rows of differences that were not there are empty.

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { databaseFor } = require('./lib/databases.js');
const { hunks } = require('./lib/hunks.js');
const { pairs } = require('./lib/pairs.js');
const { KIT, MODULES, Project, inParallel, run } = require('./lib/project.js');

const LISTED = path.join(__dirname, 'pull_differences.json');
const ROWS = path.resolve(__dirname, '../../docs/differences.md');
const CASINGS = ['camel', 'preserve'];

const [filter, accept] = [
  process.argv.slice(4).find((one) => one !== '--accept'),
  process.argv.includes('--accept'),
];
const [tidemark, schemaTextOf] = process.argv.slice(2, 4).map((one) => path.resolve(one));
const listed = JSON.parse(fs.readFileSync(LISTED, 'utf8'));

class Trial {
  constructor(pair, folder) {
    this.pair = pair;
    this.folder = path.join(folder, pair.id); // all that is written stays there for the compiler
    this.failures = [];
    this.differences = {};
    this.compared = 0;
  }

  fail(what, detail = '') {
    this.failures.push(`${what}\n${detail.trimEnd().replace(/^/gm, '      ')}`);
  }

  async run() {
    await this.readBack();
    if (this.pair.options.apply !== false) await this.besideThePeer();
    return this;
  }

  async write(snapshot, casing, name) {
    const folder = path.join(this.folder, name);
    const result = await run(schemaTextOf, [snapshot, this.pair.dialect, casing, folder]);
    if (result.code !== 0) this.fail(`${name} of ${snapshot}`, result.stderr);
    return folder;
  }

  // drizzle-kit reads the file, and finds what it was written from.
  async readBack() {
    const project = new Project(this.pair);
    await project.tidemark(tidemark, 'after');
    const snapshot = path.join(project.out, 'meta/0000_snapshot.json');
    for (const casing of CASINGS) {
      const folder = await this.write(snapshot, casing, `back_${casing}`);
      const back = new Project({ ...this.pair, options: {}, schema: { back: `${folder}/schema.ts` } });
      const result = await back.peer('back');
      const read = back.migrations()[0]?.snapshot;
      if (!read) this.fail(`drizzle-kit cannot read ${casing}`, result.stdout + result.stderr);
      else this.expectSame(project.migrations()[0].snapshot, read, casing);
      back.remove();
    }
    project.remove();
  }

  expectSame(snapshot, read, casing) {
    this.compared++;
    try {
      assert.deepStrictEqual(JSON.parse(read), JSON.parse(snapshot));
    } catch (error) {
      this.fail(`drizzle-kit reads something else from ${casing}`, error.message);
    }
  }

  async besideThePeer() {
    const database = await databaseFor(this.pair.dialect).create();
    try {
      if (this.pair.options.setup) await database.execute(this.pair.options.setup);
      const project = new Project(this.pair, database.url);
      await project.tidemark(tidemark, 'after');
      const result = await project.migrate(tidemark);
      if (result.code !== 0) this.fail('migrate', result.stdout + result.stderr);
      else for (const casing of this.pulledCasings()) await this.pull(database, casing);
      project.remove();
    } finally {
      await database.remove(this.pair.options.cleanup);
    }
  }

  // Only names depend on it.
  pulledCasings() {
    return /names|app|casing/.test(this.pair.id) ? CASINGS : ['camel'];
  }

  async pull(database, casing) {
    const project = new Project(this.pair, database.url);
    const config = {
      dialect: this.pair.dialect,
      out: 'drizzle',
      dbCredentials: { url: database.url },
      introspect: { casing },
      schemaFilter: await database.schemas(),
      entities: { roles: { include: this.pair.options.roles ?? [] } },
    };
    fs.writeFileSync(path.join(project.folder, 'drizzle.config.json'), JSON.stringify(config));
    await run(process.execPath, [KIT, 'pull'], { cwd: project.folder });
    if (fs.existsSync(path.join(project.out, 'meta'))) await this.compare(project.out, casing);
    else this.differences[`${casing} pull`] = [{ row: '', peer: ['fails'], ours: [] }];
    project.remove();
  }

  // relations.ts keeps the order of the foreign keys in the snapshot.
  async compare(peer, casing) {
    const snapshot = path.join(peer, 'meta/0000_snapshot.json');
    const asRead = await this.write(snapshot, casing, `read_${casing}`);
    fs.writeFileSync(snapshot, JSON.stringify(repaired(JSON.parse(fs.readFileSync(snapshot)))));
    const mended = await this.write(snapshot, casing, `mended_${casing}`);
    this.compareFile('schema.ts', peer, mended, casing);
    this.compareFile('relations.ts', peer, asRead, casing);
  }

  compareFile(file, peer, ours, casing) {
    this.compared++;
    const read = (folder) => fs.readFileSync(path.join(folder, file), 'utf8');
    const found = hunks(read(peer), read(ours));
    if (found.length > 0) this.differences[`${casing} ${file}`] = found;
  }

  // Whether the differences are those that are listed.
  judge(rows) {
    const expected = listed[this.pair.id] ?? {};
    const plain = (all) => JSON.stringify(all, ['peer', 'ours', ...Object.keys(all)]);
    if (plain(expected) !== plain(this.differences))
      this.fail('differs otherwise than listed', shown(this.differences));
    for (const one of Object.values(expected).flat())
      if (!rows.includes(`| ${one.row} |`)) this.fail(`docs/differences.md has no row ${one.row}`);
  }
}

// What drizzle-kit's snapshot of a database leaves out and its schema.ts does not: the
// schema of an array's enum. And SQLite lists the foreign keys of a table from the last
// one on, while in schema.ts they stand at their columns.
function repaired(snapshot) {
  const enums = Object.values(snapshot.enums ?? {});
  for (const table of Object.values(snapshot.tables)) {
    for (const column of Object.values(table.columns)) {
      const type = enums.find((one) => column.type.replace(/(\[\])+$/, '') === one.name);
      if (type) column.typeSchema ??= type.schema;
    }
    if (snapshot.dialect === 'sqlite')
      table.foreignKeys = Object.fromEntries(Object.entries(table.foreignKeys).reverse());
  }
  return snapshot;
}

function shown(differences) {
  const side = (mark, lines) => lines.map((line) => `${mark} ${line}\n`).join('');
  return Object.entries(differences)
    .map(([file, all]) => `${file}\n${all.map((one) => side('-', one.peer) + side('+', one.ours)).join('')}`)
    .join('');
}

// The compiler's judgement of all that was written. A snapshot of drizzle-kit has no
// columns in indexes of expressions.
async function typeErrors(folder) {
  const options = { strict: true, noEmit: true, skipLibCheck: true, target: 'es2022', module: 'commonjs', moduleResolution: 'node' };
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['**/back_*/*.ts'] }));
  const compiler = path.join(MODULES, 'typescript/bin/tsc');
  const { code, stdout } = await run(process.execPath, [compiler, '-p', folder]);
  return code === 0 ? '' : stdout;
}

function writeListed(trials) {
  for (const { pair, differences } of trials) {
    const known = Object.values(listed[pair.id] ?? {}).flat();
    const rowOf = (one) => known.find((other) => JSON.stringify([other.peer, other.ours]) === JSON.stringify([one.peer, one.ours]))?.row ?? '';
    delete listed[pair.id];
    for (const [file, all] of Object.entries(differences))
      (listed[pair.id] ??= {})[file] = all.map((one) => ({ row: rowOf(one), peer: one.peer, ours: one.ours }));
  }
  const sorted = Object.fromEntries(Object.entries(listed).sort(([a], [b]) => (a < b ? -1 : 1)));
  fs.writeFileSync(LISTED, `${JSON.stringify(sorted, null, 1)}\n`);
}

async function main() {
  const folder = fs.mkdtempSync(path.join(require('node:os').tmpdir(), 'oracle-pull-'));
  fs.symlinkSync(MODULES, path.join(folder, 'node_modules'));
  const trials = await inParallel(pairs(filter), 2, (pair) => new Trial(pair, folder).run());
  if (accept) writeListed(trials);
  else {
    const rows = fs.readFileSync(ROWS, 'utf8');
    for (const trial of trials) trial.judge(rows);
  }
  const failed = trials.filter((trial) => trial.failures.length > 0);
  for (const { pair, failures } of failed)
    console.log(`${pair.id}\n    ${failures.join('\n    ')}`);
  const errors = await typeErrors(folder);
  console.log(errors);
  const compared = trials.reduce((sum, trial) => sum + trial.compared, 0);
  console.log(`${trials.length - failed.length} of ${trials.length} pairs as they should be: ${compared} comparisons`);
  fs.rmSync(folder, { recursive: true, force: true });
  process.exitCode = failed.length === 0 && errors === '' && trials.length > 0 ? 0 : 1;
}

main();
