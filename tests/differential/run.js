'use strict';
// Random schemas and random edits of them, given to drizzle-kit and to Tidemark: what
// they generate is compared, and what Tidemark does with it is tried on real databases.
//
//   node run.js COMMANDS DIALECT FIRST LAST [--show] [--shrink]
//
// COMMANDS is the program `differential_commands`.
// A seed is the same schema and the same edit for ever. One that fails is printed with
// the command that repeats it; --shrink leaves out what it does not need, --show prints
// its schemas. PostgreSQL is the server of TIDEMARK_TEST_PG.

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { DATABASES } = require('./databases.js');
const { Program } = require('./program.js');
const { shrink } = require('./shrink.js');
const { Trial, invent } = require('./trial.js');
const { schemaText } = require('./typescript.js');

const WORKERS = 3;
const [, , given, dialect, first, last] = process.argv;
const [showing, shrinking] = ['--show', '--shrink'].map((it) => process.argv.includes(it));

const total = { seeds: 0, equal: 0, withRows: 0, withoutRows: 0, refused: [], rows: {}, broken: {} };

function count(seed, { tally, refused }, broken) {
  total.seeds++;
  if (refused) total.refused.push(seed);
  for (const key of ['equal', 'withRows', 'withoutRows']) total[key] += tally[key];
  for (const row of tally.rows) total.rows[row] = (total.rows[row] ?? 0) + 1;
  if (broken) (total.broken[broken.law] ??= []).push(seed);
}

async function report(it, broken, program, database) {
  const breaks = async (variant) => (await new Trial(variant, program, database).check())?.law === broken.law;
  const small = shrinking ? await shrink(it, breaks) : it;
  const after = shrinking ? ((await new Trial(small, program, database).check()) ?? broken) : broken;
  const again = `node tests/differential/run.js ${given} ${dialect} ${it.seed} ${it.seed} --shrink --show`;
  console.log(`--- ${dialect} ${it.seed} (${it.edits.join(', ')}): ${after.message}\n    again: ${again}`);
  if (showing) console.log(`// before\n${schemaText(small.before)}\n// after\n${schemaText(small.after)}`);
}

async function main() {
  const started = Date.now();
  const cache = (process.env.TIDEMARK_CACHE = fs.mkdtempSync(path.join(os.tmpdir(), 'differential-')));
  let next = Number(first);
  const work = async (worker) => {
    const program = new Program(path.resolve(given));
    const database = await DATABASES[dialect].create(worker);
    while (next <= Number(last)) {
      const seed = next++;
      const it = invent(dialect, seed, database.version);
      const trial = new Trial(it, program, database);
      const broken = await trial.check();
      count(seed, trial, broken);
      if (broken) await report(it, broken, program, database);
    }
    program.end();
    await database.remove();
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)));
  fs.rmSync(cache, { recursive: true });
  const rows = Object.entries(total.rows).sort((a, b) => b[1] - a[1]);
  console.log(`rows of docs/differences.md: ${rows.map(([row, n]) => `${row} ${n}`).join(', ')}`);
  if (total.refused.length > 0) console.log(`refused with a reason: ${total.refused.join(' ')}`);
  for (const [law, seeds] of Object.entries(total.broken)) console.log(`broken: ${law}: ${seeds.join(' ')}`);
  const failed = Object.values(total.broken).flat().length;
  console.log(
    `${total.seeds - failed} of ${total.seeds} seeds hold the laws, ${total.equal} with the same bytes, ` +
      `${total.withRows} with rows, ${total.withoutRows} without, ${Math.round((Date.now() - started) / 1000)} s`
  );
  process.exitCode = failed === 0 && total.seeds > 0 ? 0 : 1;
}

main();
