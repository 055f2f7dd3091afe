'use strict';
// A fresh project folder in which either tool generates migrations.

const { execFile } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const MODULES = path.resolve(__dirname, '../node_modules');
const KIT = path.join(MODULES, 'drizzle-kit/bin.cjs');

// Runs a program to its end; the answer has its exit code and all it printed.
function run(program, args, options) {
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 1 << 26, ...options }, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? 1) : 0, stdout, stderr })
    );
  });
}

class Project {
  // `pair` gives dialect and options; schemas stay where they are.
  constructor(pair) {
    this.pair = pair;
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oracle-'));
    fs.symlinkSync(MODULES, path.join(this.folder, 'node_modules'));
  }

  configure(schema) {
    const { dialect, options } = this.pair;
    const config = { dialect, schema, out: 'drizzle', casing: options.casing };
    fs.writeFileSync(path.join(this.folder, 'drizzle.config.json'), JSON.stringify(config));
  }

  generateWithPeer(schema, name) {
    this.configure(schema);
    return run(process.execPath, [KIT, 'generate', '--name', name], { cwd: this.folder });
  }

  // What is in the folder of migrations: each migration's SQL and snapshot.
  migrations() {
    const out = path.join(this.folder, 'drizzle');
    const journalFile = path.join(out, 'meta/_journal.json');
    if (!fs.existsSync(journalFile)) return [];
    const journal = JSON.parse(fs.readFileSync(journalFile, 'utf8'));
    return journal.entries.map((entry) => ({
      tag: entry.tag,
      entry,
      sql: fs.readFileSync(path.join(out, `${entry.tag}.sql`), 'utf8'),
      snapshot: fs.readFileSync(
        path.join(out, `meta/${entry.tag.slice(0, 4)}_snapshot.json`),
        'utf8'
      ),
    }));
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

// The text of a snapshot without what differs in every run.
function withoutIds(snapshot) {
  return snapshot.replace(/^ {2}"(id|prevId)": ".*",\n/gm, '');
}

// Runs `work` over `items`, at most `width` at a time, in order of the items.
async function inParallel(items, width, work) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i]);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}

module.exports = { Project, run, withoutIds, inParallel };
