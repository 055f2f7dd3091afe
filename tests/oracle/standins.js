'use strict';
// Compares what the stand-ins serialize, run under Node, with the snapshots that
// drizzle-kit writes. Usage: node standins.js [part of a pair's name]

const { pairs, filesOf, STEPS } = require('./lib/pairs.js');
const { Project, inParallel, withoutIds } = require('./lib/project.js');
const { serializeWithStandins } = require('./lib/load.js');

async function comparePair(pair) {
  const project = new Project(pair);
  const outcome = { id: pair.id, failures: [] };
  for (const [i, step] of STEPS.entries()) {
    const result = await project.generateWithPeer(pair.schema[step], step);
    const document = serializeWithStandins(filesOf(pair.schema[step]), pair);
    const migration = project.migrations()[i] ?? project.migrations()[i - 1];
    if (document.errors.length) outcome.failures.push(JSON.stringify(document.errors));
    if (!migration) outcome.failures.push(`${step}: drizzle-kit wrote nothing\n${result.stdout}${result.stderr}`);
    else {
      const ours = JSON.stringify(document.snapshot, null, 2);
      // Renames that the peer records are not the serializer's work.
      const peer = withoutIds(migration.snapshot);
      if (ours !== peer) outcome.failures.push(`${step}: ${firstDifference(peer, ours)}`);
    }
  }
  project.remove();
  return outcome;
}

function firstDifference(peer, ours) {
  const [a, b] = [peer.split('\n'), ours.split('\n')];
  const line = a.findIndex((text, i) => text !== b[i]);
  return `line ${line + 1}\n    peer ${a[line]}\n    ours ${b[line]}`;
}

async function main() {
  const outcomes = await inParallel(pairs(process.argv[2]), 2, comparePair);
  for (const { id, failures } of outcomes)
    if (failures.length) console.log(`${id}\n  ${failures.join('\n  ')}`);
  console.log(`${outcomes.filter((one) => one.failures.length === 0).length} of ${outcomes.length}`);
}

main();
