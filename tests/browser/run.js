// Studio in headless Chromium, on SQLite, PostgreSQL and a libSQL server: the main paths as a person takes
// them, and the attacks of other pages. Screenshots go to the folder that is given.
//   node run.js TIDEMARK SCREENSHOTS     with TIDEMARK_TEST_PG and TIDEMARK_TEST_LIBSQL
'use strict';
const assert = require('node:assert');
const {execFileSync, spawn} = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const axe = require('axe-core');
const puppeteer = require('puppeteer-core');

const [tidemark, pictures] = process.argv.slice(2).map((one) => path.resolve(one));
const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

const HOSTILE = '<img src=x onerror="document.title=\'owned\'">';
const schemas = {
  sqlite: `import { sqliteTable, integer, text } from 'drizzle-orm/sqlite-core';
export const users = sqliteTable('users', { id: integer('id').primaryKey(), name: text('name').notNull(), big: integer('big') });
export const posts = sqliteTable('posts', { id: integer('id').primaryKey(), author: integer('author').references(() => users.id), body: text('body') });
`,
  postgresql: `import { pgTable, integer, text, bigint } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer('id').primaryKey(), name: text('name').notNull(), big: bigint('big', { mode: 'bigint' }) });
export const posts = pgTable('posts', { id: integer('id').primaryKey(), author: integer('author').references(() => users.id), body: text('body') });
`,
};

schemas.turso = schemas.sqlite;

function makeProject(dialect) {
  const cwd = fs.mkdtempSync(path.join(os.tmpdir(), 'tidemark-browser-'));
  const url = {sqlite: path.join(cwd, 'app.db'), postgresql: process.env.TIDEMARK_TEST_PG, turso: process.env.TIDEMARK_TEST_LIBSQL}[dialect];
  fs.writeFileSync(path.join(cwd, 'drizzle.config.json'),
    JSON.stringify({dialect, schema: './schema.ts', out: './drizzle', dbCredentials: {url}}));
  const write = (text) => fs.writeFileSync(path.join(cwd, 'schema.ts'), text);
  write(schemas[dialect]);
  const run = (...words) => execFileSync(tidemark, words, {cwd, encoding: 'utf8'});
  run('generate', '--name', 'first');
  run('migrate');
  write(schemas[dialect].replace("body: text('body')", "body: text('body'), likes: integer('likes')"));
  run('generate', '--name', 'likes');
  return {cwd, dialect};
}

const studios = new Set();

function startStudio(cwd, ...flags) {
  return new Promise((resolve, reject) => {
    const child = spawn(tidemark, ['studio', '--port', '0', '--no-open', '--json', ...flags], {cwd});
    studios.add(child);
    let out = '';
    child.stderr.on('data', (data) => process.stderr.write(data));
    child.stdout.on('data', (data) => {
      out += data;
      const line = out.split('\n').find((one) => one.includes('"link"'));
      if (line) resolve({child, link: JSON.parse(line).link});
    });
    child.on('exit', (code) => reject(new Error(`studio ended with ${code}: ${out}`)));
  });
}

/** A request with exactly these headers: fetch would not let a page choose them. */
function raw(port, {method = 'POST', target = '/api/info', headers = {}, body = ''}) {
  return new Promise((resolve, reject) => {
    const request = http.request({port, host: '127.0.0.1', method, path: target, setHost: false,
      headers: {'content-length': Buffer.byteLength(body), ...headers}}, (response) => {
      let text = '';
      response.on('data', (data) => { text += data; });
      response.on('end', () => resolve({status: response.statusCode, headers: response.headers, text}));
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function attacks({link}) {
  const {port, hash} = new URL(link);
  const own = {host: `localhost:${port}`, origin: `http://localhost:${port}`, 'content-type': 'application/json'};
  const status = async (change) => (await raw(port, change)).status;
  assert.equal(await status({headers: own}), 401, 'without a session');
  assert.equal(await status({headers: {...own, host: `evil.example:${port}`}}), 421, 'DNS rebinding');
  assert.equal(await status({headers: {...own, origin: 'https://evil.example'}}), 403, 'another origin');
  assert.equal(await status({headers: {...own, 'content-type': 'text/plain'}}), 415, 'a form without preflight');
  assert.equal(await status({headers: {...own, 'sec-fetch-site': 'cross-site'}}), 403, 'another site');
  const preflight = await raw(port, {method: 'OPTIONS', headers: {...own, origin: 'https://evil.example',
    'access-control-request-method': 'POST', 'access-control-request-private-network': 'true'}});
  assert.equal(preflight.status, 403, 'preflight');
  assert.ok(!Object.keys(preflight.headers).some((name) => name.startsWith('access-control')), 'no CORS');
  const guess = JSON.stringify({link: '0'.repeat(64)});
  assert.equal(await status({target: '/api/session', headers: own, body: guess}), 401, 'a guessed link');
  assert.equal(await status({method: 'GET', target: '/download/1', headers: own}), 404, 'a guessed download');
  assert.equal(await status({method: 'GET', target: '/../../etc/passwd', headers: own}), 404, 'a path out');
  assert.equal(await status({target: '/api/session', headers: {...own, filler: 'x'.repeat(20000)}}), 431, 'large headers');
  const page = await raw(port, {method: 'GET', target: '/', headers: own});
  assert.match(page.headers['content-security-policy'], /default-src 'none'/);
  assert.ok(!page.text.includes(hash.slice(3)), 'the page holds no secret');

  const first = await raw(port, {target: '/api/session', headers: own, body: JSON.stringify({link: hash.slice(3)})});
  const cookie = first.headers['set-cookie'][0];
  assert.match(cookie, /HttpOnly; SameSite=Strict/);
  const again = await raw(port, {target: '/api/session', headers: own, body: JSON.stringify({link: hash.slice(3)})});
  assert.equal(again.status, 401, 'a link works once');
  const mine = {...own, cookie: cookie.split(';')[0]};
  assert.equal(await status({headers: mine}), 401, 'a cookie without the token of the tab');
  const token = JSON.parse(first.text).token;
  assert.equal(await status({headers: {...own, 'x-studio-token': token}}), 401, 'a token without the cookie');
  assert.equal(await status({headers: {...mine, 'x-studio-token': token}}), 200, 'both');
  return {mine: {...mine, 'x-studio-token': token}, port};
}

/** A page with its complaints: nothing may be blocked, nothing may leave this machine. */
async function openPage(browser, link, complaints) {
  const page = await browser.newPage();
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    const {hostname, protocol} = new URL(request.url());
    if (/^http/.test(protocol) && hostname !== 'localhost') complaints.push(`left the machine: ${request.url()}`);
  });
  await page.setViewport({width: 1280, height: 720});
  await page.goto(link);
  return page;
}

const text = (page, selector) => page.$eval(selector, (element) => element.textContent);
const seen = (page, words, selector = 'body') => page.waitForFunction(
  (wanted, where) => document.querySelector(where)?.textContent.includes(wanted), {timeout: 15000}, words, selector);
const press = async (page, label, within = 'body') => {
  const button = await page.waitForSelector(`${within} ::-p-text(${label})`);
  await button.evaluate((element) => element.click());
};
const view = (page, name) => press(page, name, '#views');

/** What axe-core finds, but for what is minor: the rule and the element. */
async function barriersOf(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe.source);
  const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
  return violations.filter((one) => one.impact !== 'minor')
    .flatMap((one) => one.nodes.map((node) => `${one.id} at ${node.target.join(' ')}: ${node.failureSummary.split('\n')[1]?.trim()}`));
}

async function tour(browser, studio, project) {
  const complaints = [], barriers = [];
  const page = await openPage(browser, studio.link, complaints);
  const picture = async (name) => {
    for (const scheme of ['light', 'dark']) {
      await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
      await page.screenshot({path: path.join(pictures, `${project.dialect}-${name}-${scheme}.png`)});
      barriers.push(...(await barriersOf(page)).map((one) => `${name}, ${scheme}: ${one}`));
    }
  };
  const type = async (sql) => {
    await page.$eval('textarea[aria-label=SQL]', (field, value) => { field.value = value; field.dispatchEvent(new Event('input')); }, sql);
    await page.focus('textarea[aria-label=SQL]');
    await page.keyboard.down('Control');
    await page.keyboard.press('Enter');
    await page.keyboard.up('Control');
  };

  // The console fills the tables, and asks before it destroys.
  await seen(page, 'users', '#sidebar');
  assert.ok(!page.url().includes('t='), 'the secret is taken out of the address');
  await view(page, 'SQL');
  await page.waitForSelector('textarea[aria-label=SQL]');
  await type(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
    INSERT INTO users SELECT i, 'user ' || i, 9007199254740993 FROM n;
    INSERT INTO posts (id, author, body) VALUES (1, 7, '${HOSTILE.replaceAll("'", "''")}');
    SELECT count(*) AS many FROM users`);
  await seen(page, '3000', '.result table');
  await picture('console');
  await type('DELETE FROM posts');
  await seen(page, 'deletes every row', 'dialog');
  await press(page, 'Cancel', 'dialog');

  // The plan is a tree, and explaining a DELETE neither asks nor runs it.
  await type('');
  await page.$eval('textarea[aria-label=SQL]', (field) => { field.value = 'DELETE FROM posts WHERE author = 7'; field.dispatchEvent(new Event('input')); });
  await press(page, 'Explain', '.bar');
  await seen(page, 'posts', '.plan details, .plan .step');
  assert.equal(await page.$('dialog'), null);
  await picture('plan');

  // A query is kept as a file of the project, and what was run as one that Git does not see.
  const kept = (...parts) => path.join(project.cwd, 'drizzle', '.tidemark', ...parts);
  await press(page, 'Save…', '.bar');
  await page.waitForSelector('dialog input[aria-label=Name]');
  await page.keyboard.type('of one author');
  await page.keyboard.press('Enter');
  await page.waitForSelector('select[aria-label="Saved queries"] option[value="0"]');
  assert.equal(fs.readFileSync(kept('queries', 'of one author.sql'), 'utf8'), 'DELETE FROM posts WHERE author = 7');
  assert.equal(fs.readFileSync(kept('console', '.gitignore'), 'utf8'), '*\n');
  fs.writeFileSync(kept('queries', 'of a colleague.sql'), 'SELECT 41 + 1 AS answer');
  await page.reload();
  await page.waitForSelector('select[aria-label="Saved queries"] option[value="1"]');
  await page.select('select[aria-label="Saved queries"]', '0');
  await press(page, 'Run', '.bar');
  await seen(page, '42', '.result table');
  assert.match(await text(page, 'select[aria-label=History]'), /SELECT 41/);
  await press(page, 'Delete…', '.bar');
  await press(page, 'of one author', 'dialog .buttons');
  await page.waitForFunction(() => document.querySelectorAll('select[aria-label="Saved queries"] option').length === 2);
  assert.deepEqual(fs.readdirSync(kept('queries')), ['of a colleague.sql']);

  // The grid: exact numbers, hostile text, any row by scrolling.
  await view(page, 'Data');
  await press(page, 'users', '#sidebar');
  await seen(page, '9007199254740993', '.grid');
  await seen(page, '3,000 rows', '.bar');
  await picture('grid');
  await page.$eval('.grid', (grid) => { grid.scrollTop = grid.scrollHeight; });
  await seen(page, 'user 3000', '.grid');
  await press(page, 'posts', '#sidebar');
  await seen(page, '<img src=x', '.grid');
  assert.ok(!(await page.title()).includes('owned'));
  assert.equal(await page.$('.grid img'), null);

  // A foreign key is followed; the row is changed by keyboard, reviewed and saved.
  await page.$eval('.grid .follow', (button) => button.click());
  await seen(page, 'user 7', '.grid');
  await page.waitForFunction(() => document.querySelectorAll('.grid .row').length === 1);
  await page.focus('.grid');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.editor textarea');
  await page.keyboard.type('renamed');
  await page.keyboard.press('Enter');
  await seen(page, 'Review 1 change', '.bar');
  await press(page, 'Review 1 change', '.bar');
  await seen(page, "SET \"name\" = 'renamed'", 'dialog');
  await picture('review');
  await press(page, 'Save', 'dialog .buttons');
  await seen(page, '1 change saved', '#toasts');
  await seen(page, 'renamed', '.grid');

  // Somebody else is faster: nothing is saved, and it is said.
  await page.focus('.grid');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.editor textarea');
  await page.keyboard.type('mine');
  await page.keyboard.press('Enter');
  await seen(page, 'Review 1 change', '.bar');
  await elsewhere(project, "UPDATE users SET name = 'theirs' WHERE id = 7");
  await press(page, 'Review 1 change', '.bar');
  await seen(page, "'mine'", 'dialog');
  await press(page, 'Save', 'dialog .buttons');
  await seen(page, 'somebody else', '.error');
  await press(page, 'Discard', '.bar');

  await view(page, 'Schema');
  await page.waitForSelector('.diagram .box');
  assert.equal((await page.$$('.diagram path')).length, 1);
  await seen(page, 'author', '.diagram');
  await seen(page, 'CREATE TABLE', '.side');
  await picture('schema');
  const downloads = fs.mkdtempSync(path.join(project.cwd, 'downloads-'));
  const browsing = await page.createCDPSession();
  await browsing.send('Browser.setDownloadBehavior', {behavior: 'allow', downloadPath: downloads, eventsEnabled: true});
  for (const [label, file] of [['SVG', 'schema.svg'], ['PNG', 'schema.png'], ['Mermaid', 'schema.mmd']]) {
    const whole = new Promise((resolve) => browsing.on('Browser.downloadProgress', ({state}) => state === 'completed' && resolve()));
    await press(page, label, '.bar');
    await whole;
    assert.ok(fs.existsSync(path.join(downloads, file)), `${label} is saved`);
    browsing.removeAllListeners('Browser.downloadProgress');
  }
  const saved = (name) => fs.readFileSync(path.join(downloads, name));
  const size = await page.$eval('.diagram svg', (svg) => [svg.viewBox.baseVal.width * 2, svg.viewBox.baseVal.height * 2]);
  assert.equal(saved('schema.png').subarray(1, 4).toString(), 'PNG');
  assert.deepEqual([saved('schema.png').readUInt32BE(16), saved('schema.png').readUInt32BE(20)], size.map(Math.ceil));
  assert.match(saved('schema.svg').toString(), /^<svg .*users.*<\/svg>$/s);
  assert.match(saved('schema.mmd').toString(), /^ {2}users \|\|--o\{ posts : author$/m);
  fs.copyFileSync(path.join(downloads, 'schema.png'), path.join(pictures, `${project.dialect}-saved.png`));

  // The pending migration runs with its progress; then the way back.
  await view(page, 'Migrations');
  await seen(page, '0001_likes', '.timeline');
  await seen(page, 'pending', '.timeline');
  await picture('pending');
  await press(page, 'Show in the diagram', '.timeline');
  await seen(page, '+ likes', '[aria-label="Table posts, changed"]');
  await picture('step');
  await press(page, '‹ Earlier', '.bar');
  await seen(page, '+ users', '[aria-label="Table users, added"]');
  assert.equal((await page.$$('.diagram path.added')).length, 1);
  await view(page, 'Migrations');
  await seen(page, '0001_likes', '.timeline');
  await press(page, 'Rehearse', '.bar');
  // A server of one's own has no branches to run on: that is said, with what to do.
  await seen(page, project.dialect === 'turso' ? '--on' : 'everything ran, and led back', '.progress');
  if (project.dialect !== 'turso') await seen(page, 'ADD', '.progress ol');
  await picture('rehearsed');
  await seen(page, 'Migrate (1)', '.bar');
  await press(page, 'Migrate (1)', '.bar');
  await page.waitForSelector('dialog');
  await press(page, 'Migrate', 'dialog .buttons');
  await seen(page, '0001_likes applied', '.progress');
  await seen(page, 'Migrate (0)', '.bar');
  await picture('migrated');
  await press(page, 'Compare with the database', '.bar');
  await seen(page, 'Against the schema files: the same');
  await press(page, 'Roll back the last', '.bar');
  await page.waitForSelector('dialog');
  await press(page, 'Roll back', 'dialog .buttons');
  await seen(page, '0001_likes rolled back', '.progress');

  await page.setViewport({width: 390, height: 844});
  await view(page, 'Data');
  await press(page, 'users', '#sidebar');
  await seen(page, 'user 1', '.grid');
  for (const [name, ready] of [['Data', '.grid'], ['SQL', 'textarea'], ['Schema', '.diagram .box'], ['Migrations', '.timeline']]) {
    await view(page, name);
    await page.waitForSelector(`#main ${ready}`);
    await picture(`phone-${name.toLowerCase()}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} fits a phone`);
    const cut = await page.$$eval('#main button:not([hidden])', (buttons) => buttons.filter((one) => one.closest('.bar')
      && one.getBoundingClientRect().right > innerWidth).map((one) => one.textContent));
    assert.deepEqual(cut, [], `the buttons of ${name} are within reach`);
  }
  assert.deepEqual(barriers, [], 'everybody can use it');
  assert.deepEqual(complaints, [], 'nothing is blocked, nothing fails, nothing leaves the machine');
  await page.close();
}

/** Through a studio of its own: another session of the database. */
async function elsewhere(project, sql) {
  const other = await startStudio(project.cwd);
  const {mine, port} = await attacks(other);
  const answer = await raw(port, {target: '/api/console', headers: mine, body: JSON.stringify({sql, confirmed: true})});
  assert.equal(answer.status, 200, answer.text);
  other.child.removeAllListeners('exit');
  other.child.kill('SIGINT');
}

/** Tables as nobody plans them: without a key, with hundreds of columns, with names that are code; one that changes while it is open. */
async function hardships(project) {
  const studio = await startStudio(project.cwd);
  const {mine, port} = await attacks(studio);
  const schema = project.dialect === 'postgresql' ? 'public' : '';
  const call = async (name, body) => {
    const {status, text: answer} = await raw(port, {target: `/api/${name}`, headers: mine, body: JSON.stringify(body)});
    return {status, ...JSON.parse(answer)};
  };
  const run = async (sql) => {
    const {results} = await call('console', {sql, confirmed: true});
    assert.ok(results.every((one) => !one.error), JSON.stringify(results));
  };
  const rows = (table, more = {}) => call('rows', {schema, table, limit: 10, ...more});

  await run('CREATE TABLE keyless (a integer); INSERT INTO keyless VALUES (1), (1)');
  const keyless = await call('table', {schema, table: 'keyless'});
  assert.equal((await rows('keyless')).rows.length, 2);
  if (project.dialect === 'postgresql') assert.match(keyless.readOnlyReason, /key/, 'it is said why nothing can be changed');
  else assert.ok(keyless.hiddenKey, 'the rowid tells two equal rows apart');

  const names = Array.from({length: 800}, (_, i) => `c${i}`);
  await run(`CREATE TABLE wide (id integer PRIMARY KEY, ${names.map((one) => `${one} text`).join(', ')}); INSERT INTO wide (id, c799) VALUES (1, 'last')`);
  assert.equal((await call('table', {schema, table: 'wide'})).columns.length, 801);
  assert.equal((await rows('wide')).rows[0].c.at(-1), 'last');

  const name = `x"; DROP TABLE keyless; -- <img src=x onerror=alert(1)>`, quoted = `"${name.replaceAll('"', '""')}"`;
  await run(`CREATE TABLE ${quoted} (${quoted} text)`);
  assert.equal((await rows(name, {sorts: [{column: name}]})).status, 200);
  assert.equal((await rows('keyless')).rows.length, 2, 'a name is no code');

  await run('CREATE TABLE moving (id integer PRIMARY KEY, gone text, kept text); INSERT INTO moving VALUES (1, \'a\', \'b\')');
  assert.equal((await rows('moving')).rows[0].c.length, 3);
  await elsewhere(project, 'ALTER TABLE moving DROP COLUMN gone');
  const stale = await rows('moving');
  assert.ok(stale.status === 422 && /gone/.test(stale.error), 'it is said what is gone');
  assert.equal((await rows('moving')).rows[0].c.length, 2, 'and the next look sees the table as it is');
  await run('DROP TABLE moving; DROP TABLE wide; DROP TABLE keyless');
  await run(`DROP TABLE ${quoted}`);
  studio.child.removeAllListeners('exit');
  studio.child.kill('SIGINT');
}

async function cancelled(project, call) {
  const endless = project.dialect === 'sqlite'
    ? 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n' : 'SELECT pg_sleep(3600)';
  const running = call('console', {sql: endless});
  await new Promise((resolve) => setTimeout(resolve, 500));
  assert.equal((await call('rows', {schema: project.dialect === 'postgresql' ? 'public' : '', table: 'users', limit: 1})).status, 200, 'others go on');
  await call('cancel', {});
  assert.ok(JSON.parse((await running).text).results[0].error, 'a query of an hour is cancelled');
}

// A libSQL server has no connection that only reads, so what is typed is judged: these write, however they begin.
const WRITES = [
  'with x as (select 1) delete from users', 'replace into users values (1, \'x\', 1)', '/* select */ drop table users',
  'explain select 1; delete from users', 'select 1; delete from users', 'begin; delete from users; commit',
  'values (1); update users set name = \'x\'', 'insert into users values (9999, \'x\', 1) returning id',
  'create table x as select 1', 'create temp table x (a)', 'pragma user_version = 3', 'pragma writable_schema(1)',
  'attach \'x.db\' as x', 'vacuum',
];

async function nothingIsWritten(call) {
  const run = async (sql) => JSON.parse((await call('console', {sql, confirmed: true})).text);
  const looks = 'select count(*), min(name), max(name) from users; select name, sql from sqlite_master order by 1';
  const state = async () => JSON.stringify((await run(looks)).results.map((one) => one.rows));
  const before = await state();
  assert.match(before, /3000/, 'reading goes on');
  for (const sql of WRITES) {
    const answer = await run(sql);
    assert.ok((answer.error ? answer : answer.results.at(-1)).error, `${sql} is refused`);
    assert.equal(await state(), before, `${sql} changes nothing`);
  }
}

async function readOnly(project) {
  const studio = await startStudio(project.cwd, '--read-only');
  const {mine, port} = await attacks(studio);
  const call = async (name, body) => raw(port, {target: `/api/${name}`, headers: mine, body: JSON.stringify(body)});
  const typed = JSON.parse((await call('console', {sql: "DELETE FROM users", confirmed: true})).text);
  assert.ok(typed.results[0].error, 'the console refuses');
  if (project.dialect === 'turso') await nothingIsWritten(call);
  assert.equal((await call('save', {edits: []})).status, 400, 'edits are refused');
  assert.equal((await call('migrate', {})).status, 400, 'migrate is refused');
  const outside = {name: '../outside', sql: 'SELECT 1'};
  for (const name of ['save-query', 'remove-query'])
    assert.equal((await call(name, outside)).status, 400, 'a query stays in its folder');
  assert.ok(!fs.existsSync(path.join(project.cwd, 'drizzle/.tidemark/outside.sql')));
  assert.equal((await call('rollback', {tags: []})).status, 400, 'rollback is refused');
  if (project.dialect !== 'turso') await cancelled(project, call);
  const order = JSON.parse((await call('order-export', {schema: project.dialect === 'postgresql' ? 'public' : '', table: 'users', format: 'ndjson'})).text);
  const file = await raw(port, {method: 'GET', target: order.path, headers: mine});
  assert.equal(file.text.trim().split('\n').length, 3000);
  assert.match(file.text, /"big":9007199254740993\}/);
  assert.equal((await raw(port, {method: 'GET', target: order.path, headers: mine})).status, 404, 'a download is one');
  studio.child.removeAllListeners('exit');
  studio.child.kill('SIGINT');
}

async function main() {
  fs.mkdirSync(pictures, {recursive: true});
  const browser = await puppeteer.launch({executablePath: chromium, headless: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu']});
  try {
    for (const dialect of ['sqlite', 'postgresql', 'turso']) {
      const project = makeProject(dialect);
      const studio = await startStudio(project.cwd);
      await tour(browser, studio, project);
      await readOnly(project);
      await hardships(project);
      studio.child.removeAllListeners('exit');
      studio.child.kill('SIGINT');
      fs.rmSync(project.cwd, {recursive: true, force: true});
      console.log(`studio on ${dialect}: as expected`);
    }
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  for (const child of studios) child.kill('SIGINT');
  console.error(error);
  process.exit(1);
});
