'use strict';
// Names imported from drizzle's modules that these do not export. A stand-in takes
// their place, since most come from another version and touch no schema; where one
// was used and the schema cannot be read, it is the name that is the mistake.

const native = require('./native.js');
const { inert, touchedStandins } = require('../inert.js');

const imported = new Map(); // the stand-in's name -> { specifier, name, known, importer }

function standFor(specifier, name, exports, importer) {
  const id = `${specifier}: ${name}`;
  imported.set(id, { specifier, name, known: Object.keys(exports), importer });
  return inert(id);
}

// The errors with those that follow from an unknown name replaced by one about it.
function explained(errors) {
  const used = touchedStandins().filter((id) => imported.has(id));
  if (used.length === 0) return errors;
  const follows = (error) => used.some((id) => error.message.includes(`'${id}'`));
  return [...used.map(mistake), ...errors.filter((error) => !follows(error))];
}

function mistake(id) {
  const { specifier, name, known, importer } = imported.get(id);
  const near = nearest(name, known);
  const hint = near ? `did you mean '${near}'?` : 'check the name in the documentation of Drizzle';
  return { message: `'${specifier}' exports no '${name}'`, hint, ...placeOf(name, importer) };
}

function placeOf(name, file) {
  if (!file) return {};
  const text = native.readModuleText(file);
  const at = text.search(new RegExp(`(?<![\\w$])${name.replace(/\$/g, '\\$')}(?![\\w$])`));
  if (at < 0) return { file, line: 1, column: 1 };
  const lines = text.slice(0, at).split('\n');
  return { file, line: lines.length, column: lines.at(-1).length + 1, length: name.length };
}

function nearest(name, known) {
  let best;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = edits(name.toLowerCase(), candidate.toLowerCase());
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

module.exports = { standFor, explained };
