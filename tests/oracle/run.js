'use strict';
// The whole-program oracle: Tidemark and drizzle-kit generate from the same schemas,
// continue each other's folders, and what Tidemark generates is applied.
//
//   node run.js TIDEMARK [part of a pair's name]
//
// PostgreSQL pairs are applied to the server of TIDEMARK_TEST_PG.

const fs = require('node:fs');
const path = require('node:path');
const { databaseFor } = require('./lib/databases.js');
const { pairs, STEPS } = require('./lib/pairs.js');
const { Project, inParallel } = require('./lib/project.js');

const DIFFERENCES = path.resolve(__dirname, '../../docs/differences.md');
const tidemark = path.resolve(process.argv[2]);

// One pair under test, with what went wrong.
class Trial {
  constructor(pair) {
    this.pair = pair;
    this.differs = pair.options.differs ?? [];
    this.failures = [];
    this.projects = [];
    this.compared = 0;
  }

  project(url) {
    const project = new Project(this.pair, url);
    this.projects.push(project);
    return project;
  }

  fail(what, detail = '') {
    this.failures.push(`${what}\n${detail.trimEnd().replace(/^/gm, '      ')}`);
  }

  async run() {
    const peer = this.project();
    const ours = this.project();
    for (const step of STEPS) {
      await peer.peer(step);
      await this.generate(ours, step);
    }
    const equal = this.compare(peer.migrations(), ours.migrations());
    if (this.differs.length > 0) this.expectDifference(equal);
    else if (equal) await this.continueEachOther(peer, ours);
    if (this.pair.options.apply !== false) await this.apply();
    for (const project of this.projects) project.remove();
    return this;
  }

  async generate(project, step) {
    const result = await project.tidemark(tidemark, step);
    if (result.code !== 0) this.fail(`generate ${step}`, result.stdout + result.stderr);
  }

  // Whether both folders hold the same bytes. Differences that no row allows are failures.
  compare(peer, ours) {
    let equal = peer.length === ours.length;
    if (!equal && this.differs.length === 0)
      this.fail(`drizzle-kit wrote ${peer.length} migrations, tidemark ${ours.length}`);
    for (let i = 0; i < Math.min(peer.length, ours.length); i++) {
      for (const part of ['journal', 'snapshot', 'sql', 'bundle']) {
        this.compared++;
        if (peer[i][part] === ours[i][part]) continue;
        equal = false;
        if (this.differs.length === 0)
          this.fail(`${part} of migration ${i}`, firstDifference(peer[i][part], ours[i][part]));
      }
    }
    return equal;
  }

  // An exception is only as good as its reason: it names rows, and must be needed.
  expectDifference(equal) {
    const text = fs.readFileSync(DIFFERENCES, 'utf8');
    for (const row of this.differs)
      if (!text.includes(`| ${row} |`)) this.fail(`docs/differences.md has no row ${row}`);
    if (equal) this.fail('is equal now: take "differs" out of its options');
  }

  async continueEachOther(peer, ours) {
    // Each reads the other's folder and finds nothing to do.
    const theirs = peer.copy();
    const mine = ours.copy();
    this.projects.push(theirs, mine);
    await this.generate(theirs, 'after');
    await mine.peer('after');
    if (theirs.migrations().length !== peer.migrations().length)
      this.fail("tidemark finds changes in drizzle-kit's folder", theirs.migrations().at(-1).sql);
    if (mine.migrations().length !== ours.migrations().length)
      this.fail("drizzle-kit finds changes in tidemark's folder", mine.migrations().at(-1).sql);
    this.compared += 2;
  }

  // The database after both migrations is the one that the last schema alone makes.
  async apply() {
    const stepwise = await this.migrated(STEPS);
    const direct = await this.migrated(STEPS.slice(-1));
    if (stepwise === undefined || direct === undefined) return;
    this.compared++;
    if (stepwise !== direct)
      this.fail('the migrated database differs from a new one', firstDifference(direct, stepwise));
  }

  async migrated(steps) {
    const Database = databaseFor(this.pair.dialect);
    const database = await Database.create();
    try {
      if (this.pair.options.setup) await database.execute(this.pair.options.setup);
      const project = this.project(database.url);
      for (const step of steps) {
        await this.generate(project, step);
        const result = await project.migrate(tidemark);
        if (result.code === 0) continue;
        this.fail(`migrate ${steps.join(', ')} at ${step}`, result.stdout + result.stderr);
        return undefined;
      }
      return await database.state();
    } finally {
      await database.remove(this.pair.options.cleanup);
    }
  }
}

function firstDifference(expected, actual) {
  const [a, b] = [expected.split('\n'), actual.split('\n')];
  const line = a.findIndex((text, i) => text !== b[i]);
  const at = line < 0 ? a.length : line;
  return `line ${at + 1}\n- ${a[at] ?? '(end)'}\n+ ${b[at] ?? '(end)'}`;
}

async function main() {
  const started = Date.now();
  const trials = await inParallel(pairs(process.argv[3]), 2, (pair) => new Trial(pair).run());
  const failed = trials.filter((trial) => trial.failures.length > 0);
  for (const { pair, failures } of failed)
    console.log(`${pair.id}\n    ${failures.join('\n    ')}`);
  const compared = trials.reduce((sum, trial) => sum + trial.compared, 0);
  const excepted = trials.filter((trial) => trial.differs.length > 0).length;
  console.log(
    `${trials.length - failed.length} of ${trials.length} pairs as they should be: ` +
      `${compared} comparisons, ${excepted} pairs with listed differences, ` +
      `${Math.round((Date.now() - started) / 1000)} s`
  );
  process.exitCode = failed.length === 0 && trials.length > 0 ? 0 : 1;
}

main();
