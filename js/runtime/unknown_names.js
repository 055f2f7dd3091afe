'use strict';
// Names imported from drizzle's modules that these do not export. A stand-in takes
// their place, since most come from another version and touch no schema; what it
// makes is a mistake where it reaches the schema (js/serialize/mistake.js).

const native = require('./native.js');
const { inert } = require('../inert.js');

function standFor(specifier, name, exports, importer) {
  const near = nearest(name, Object.keys(exports));
  return inert(name, placeOf(name, importer), { from: specifier, near });
}

// Where `file` names it first: [file, line, column, length].
function placeOf(name, file) {
  const text = native.readModuleText(file);
  const at = text.search(new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`));
  if (at < 0) return [file, 1, 1];
  const lines = text.slice(0, at).split('\n');
  return [file, lines.length, lines.at(-1).length + 1, name.length];
}

function nearest(name, known) {
  let best;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const sameStart = name[0] === candidate[0] ? 0 : 0.5; // pgTabel is no PgTable
    const distance = edits(name.toLowerCase(), candidate.toLowerCase()) + sameStart;
    if (distance < least) [least, best] = [distance, candidate];
  }
  return best;
}

// How many letters have to be added, left out or replaced.
function edits(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, replaced);
    }
    row = next;
  }
  return row[b.length];
}

module.exports = { standFor };
