'use strict';
// Made-up rows for random schemas: `seed --generate` fills every table without a
// violation, says which it could not fill, and makes the same rows for the same number.
//
//   node seeded.js COMMANDS DIALECT FIRST LAST [--show]
//
// The schemas are those of run.js. PostgreSQL is the server of TIDEMARK_TEST_PG.

const path = require('node:path');
const { DATABASES } = require('./databases.js');
const { Program } = require('./program.js');
const { contents } = require('./rows.js');
const { Folder, invent, rolesOf } = require('./trial.js');
const { schemaText } = require('./typescript.js');

const WORKERS = 2;
const ROWS = 20;
const [, , given, dialect, first, last] = process.argv;
const showing = process.argv.includes('--show');

// Tables that need each other's rows first have no order, and names that PostgreSQL cuts
// to the same one no schema; that is said, not tried.
const REFUSALS = /need each other's rows first|get the same name: of a name the database keeps 63 bytes/;

class Failure extends Error {}

const total = { seeds: 0, tables: 0, filled: 0, rows: 0, refused: 0, failed: [] };

async function expect(folder, ...words) {
  const { code, stdout, stderr } = await folder.type(...words);
  if (code !== 0) throw new Failure(`tidemark ${words.join(' ')}: exit ${code}\n${stdout}${stderr}`);
  return stdout + stderr;
}

async function tryOne(it, program, database) {
  const folder = new Folder(it, program, database.url);
  try {
    await database.empty(rolesOf(it));
    folder.configure('before');
    await expect(folder, 'push', '--force');
    await fillTwice(it, folder, database);
  } catch (error) {
    if (!REFUSALS.test(error.message)) throw error;
    total.refused++;
  } finally {
    folder.remove();
    await database.empty(rolesOf(it));
  }
}

async function fillTwice(it, folder, database) {
  const words = ['seed', '--generate', '--rows', String(ROWS), '--seed', String(it.seed)];
  const said = await expect(folder, ...words);
  const rows = await contents(it.before, it.before, database);
  count(it, rows, said);
  const damage = await database.damage?.(dialect);
  if (damage) throw new Failure(`the file is damaged\n${damage}`);
  await expect(folder, ...words, '--reset', '--yes');
  const again = await contents(it.before, it.before, database);
  for (const id of Object.keys(rows))
    if (rows[id].join('\n') !== again[id].join('\n')) throw new Failure(`the same number makes other rows in table ${id}\n${rows[id]}\n${again[id]}`);
}

// A table with fewer rows than asked for is one that the output names.
function count(it, rows, said) {
  for (const table of it.before.tables) {
    const found = rows[table.id].length;
    total.tables++;
    total.rows += found;
    if (found > 0) total.filled++;
    if (found < ROWS && !said.includes(`${table.name}: no `)) throw new Failure(`${table.name} has ${found} rows, and nothing is said\n${said}`);
  }
}

async function main() {
  let next = Number(first);
  const work = async (worker) => {
    const program = new Program(path.resolve(given));
    const database = await DATABASES[dialect].create(worker);
    while (next <= Number(last)) {
      const it = invent(dialect, next++, database.version);
      total.seeds++;
      try {
        await tryOne(it, program, database);
      } catch (error) {
        total.failed.push(it.seed);
        console.log(`--- ${dialect} ${it.seed}: ${error instanceof Failure ? error.message : error.stack}`);
        if (showing) console.log(schemaText(it.before));
      }
    }
    program.end();
    await database.remove();
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)));
  if (total.failed.length > 0) console.log(`failed: ${total.failed.join(' ')}`);
  console.log(
    `${total.seeds - total.failed.length} of ${total.seeds} schemas filled without a violation, ${total.refused} of them refused with a reason; ` +
      `${total.filled} of ${total.tables} tables with ${total.rows} rows`
  );
  process.exitCode = total.failed.length === 0 && total.filled > 0 ? 0 : 1;
}

main();
