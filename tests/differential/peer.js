'use strict';
// drizzle-kit's `generate` inside this process: its program is loaded once, without the
// last line, which runs it. Its questions are answered by `choose`, and what it prints
// is kept.

const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const { KIT } = require('../oracle/lib/project.js');

const COMMAND = { postgresql: 'prepareAndMigratePg', sqlite: 'prepareAndMigrateSqlite', turso: 'prepareAndMigrateLibSQL' };
const RUN = /^run\(\[generate, migrate[\s\S]*?^\}\);\n/m;
const ASK = /\(0, import_hanji3?\.render\)\(/;

let printed = [];
let choose = null;

class Exit extends Error {}

const quiet = new Proxy(console, {
  get: (target, key) => (typeof target[key] === 'function' ? (...what) => printed.push(what.map(text).join(' ')) : target[key]),
});
const text = (value) => (value instanceof Error ? value.stack : String(value));

const ownProcess = new Proxy(process, {
  get(target, key) {
    if (key === 'exit')
      return (code) => {
        throw new Exit(`exit ${code}`);
      };
    const value = target[key];
    return typeof value === 'function' ? value.bind(target) : value;
  },
});

// A question has its items in `state`, with the new one first; other things are printed.
function render(view) {
  if (typeof view === 'string') return printed.push(view);
  const items = (view.state ?? view.data).items;
  return { status: 'submitted', data: choose(items) };
}

function replaced(source, what, by) {
  const parts = source.split(what);
  if (parts.length < 2) throw new Error(`drizzle-kit is not the one that was expected: no ${what}`);
  return parts.join(by);
}

function load() {
  let source = fs.readFileSync(KIT, 'utf8').replace(/^#!.*\n/, '');
  source = replaced(source, RUN, '');
  source = replaced(source, ASK, 'render(');
  source += `\ninit_migrate();\nreturn { ${Object.values(COMMAND).join(', ')} };\n`;
  const names = ['require', 'module', 'exports', '__filename', '__dirname', 'console', 'process', 'render'];
  const module = { exports: {} };
  return new Function(...names, source)(createRequire(KIT), module, module.exports, KIT, path.dirname(KIT), quiet, ownProcess, render);
}

const kit = load();

// Brings the folder `out` up to the schema file, one at a time. The answer is what was
// printed.
let last = Promise.resolve();
function generate(project, chooser) {
  const answer = last.then(() => generateAlone(project, chooser));
  last = answer;
  return answer;
}

async function generateAlone({ dialect, schema, out, casing, name }, chooser) {
  printed = [];
  choose = chooser;
  const relative = path.relative(process.cwd(), out); // it puts ./ before it
  try {
    await kit[COMMAND[dialect]]({ schema, out: relative, casing, name, breakpoints: true, prefix: 'index', custom: false, bundle: false });
  } catch (error) {
    if (!(error instanceof Exit)) printed.push(text(error));
  }
  return printed.join('\n');
}

module.exports = { generate };
