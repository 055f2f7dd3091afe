'use strict';
const { DATABASES } = require('./databases.js');
const { Trial, invent } = require('./trial.js');
const { schemaText } = require('./typescript.js');
const path = require('node:path');

const [program, dialect, first, count] = [path.resolve(process.argv[2]), process.argv[3], Number(process.argv[4]), Number(process.argv[5] ?? 1)];
async function main() {
  const started = Date.now();
  const laws = {};
  let next = first;
  const worker = async (n) => {
    const database = await DATABASES[dialect].create(n);
    while (next < first + count) {
      const seed = next++;
      const it = invent(dialect, seed);
      const trial = new Trial(it, program, database);
      const broken = await trial.check();
      if (broken) {
        (laws[broken.law] ??= []).push(seed);
        console.log(`--- ${dialect} ${seed} ${it.edits}: ${broken.message.slice(0, 3000)}`);
        if (process.argv[6]) console.log(schemaText(it.before), '\n//////\n', schemaText(it.after));
      }
    }
    await database.remove();
  };
  await Promise.all([worker(0), worker(1)]);
  console.log(laws, Object.values(laws).flat().length, 'of', count, (Date.now() - started) / 1000);
}
main();
