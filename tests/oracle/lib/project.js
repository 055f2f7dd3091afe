'use strict';
// A fresh project folder in which either tool generates migrations.

const { execFile } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const MODULES = path.resolve(__dirname, '../node_modules');
const KIT = path.join(MODULES, 'drizzle-kit/bin.cjs');
process.env.TIDEMARK_CACHE = 'off'; // every comparison evaluates
const ANSWER = path.join(__dirname, 'answer.py');

// Runs a program to its end; the answer has its exit code and all it printed.
function run(program, args, options = {}) {
  return new Promise((resolve) => {
    const limits = { maxBuffer: 1 << 26, timeout: 120_000 };
    const child = execFile(program, args, { ...limits, ...options }, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? 1) : 0, stdout, stderr })
    );
    child.stdin.end(options.input);
  });
}

class Project {
  // `pair` gives dialect and options; schemas stay where they are. `url` is that of
  // the database, where there is one.
  constructor(pair, url) {
    this.pair = pair;
    this.url = url;
    this.folder = fs.mkdtempSync(path.join(os.tmpdir(), 'oracle-'));
    this.out = path.join(this.folder, 'drizzle');
    fs.symlinkSync(MODULES, path.join(this.folder, 'node_modules'));
  }

  configure(step) {
    const { dialect, options, schema } = this.pair;
    const config = {
      dialect,
      schema: schema[step],
      out: 'drizzle',
      casing: options.casing,
      driver: this.url ? undefined : options.driver,
      dbCredentials: this.url && { url: this.url },
    };
    fs.writeFileSync(path.join(this.folder, 'drizzle.config.json'), JSON.stringify(config));
  }

  // Brings the folder up to a step's schema.
  peer(step) {
    this.configure(step);
    const command = [process.execPath, KIT, 'generate', '--name', step];
    const { answers } = this.pair.options;
    if (answers && step === 'after' && this.migrations().length === 1)
      return run('python3', [ANSWER, JSON.stringify(answers), ...command], { cwd: this.folder });
    return run(command[0], command.slice(1), { cwd: this.folder });
  }

  tidemark(program, step) {
    this.configure(step);
    const renames = (this.pair.options.renames ?? []).flatMap((one) => ['--rename', one]);
    const answers = step === 'after' && this.migrations().length === 1 ? renames : [];
    return run(program, ['generate', '--name', step, ...answers], { cwd: this.folder });
  }

  migrate(program) {
    return run(program, ['migrate'], { cwd: this.folder });
  }

  // What is in the folder of migrations: each migration's SQL and snapshot.
  migrations() {
    const journalFile = path.join(this.out, 'meta/_journal.json');
    if (!fs.existsSync(journalFile)) return [];
    const read = (file) => fs.readFileSync(path.join(this.out, file), 'utf8');
    const bundle = fs.existsSync(path.join(this.out, 'migrations.js')) && read('migrations.js');
    return JSON.parse(read('meta/_journal.json')).entries.map((entry) => ({
      journal: JSON.stringify({ ...entry, when: 0 }),
      sql: read(`${entry.tag}.sql`),
      snapshot: withoutIds(read(`meta/${entry.tag.slice(0, 4)}_snapshot.json`)),
      bundle: String(bundle),
    }));
  }

  // Another project with a copy of this one's migrations.
  copy() {
    const other = new Project(this.pair, this.url);
    fs.cpSync(this.out, other.out, { recursive: true });
    return other;
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

module.exports = { KIT, MODULES, Project, run, inParallel };
