'use strict';
// The schema pairs: schemas/<dialect>/<name>/{before,after}, each a file or a
// folder of files, with options beside them.

const fs = require('node:fs');
const path = require('node:path');

const SCHEMAS = path.resolve(__dirname, '../schemas');
const STEPS = ['before', 'after'];

function readOptions(folder) {
  const file = path.join(folder, 'options.json');
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {};
}

// The path of a step as a configuration names it: a folder, or a file.
function schemaPath(folder, step) {
  const asFolder = path.join(folder, step);
  return fs.existsSync(asFolder) ? asFolder : `${asFolder}.ts`;
}

function pairs(filter) {
  const found = [];
  for (const dialect of fs.readdirSync(SCHEMAS).sort()) {
    for (const name of fs.readdirSync(path.join(SCHEMAS, dialect)).sort()) {
      const folder = path.join(SCHEMAS, dialect, name);
      const id = `${dialect}/${name}`;
      if (filter && !id.includes(filter)) continue;
      const schema = Object.fromEntries(STEPS.map((step) => [step, schemaPath(folder, step)]));
      found.push({ id, dialect, folder, schema, options: readOptions(folder) });
    }
  }
  return found;
}

module.exports = { STEPS, pairs };
