// What one tab does and another one does not feel; what the console asks, says and leaves behind; how
// much one answer holds. Asked as the page asks.
//   node sessions.js TIDEMARK SCREENSHOTS     with TIDEMARK_TEST_PG and TIDEMARK_TEST_LIBSQL
'use strict';
const assert = require('node:assert');
const {execFileSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const {main, openPage, openSession, press, seen, startStudio, stopStudio, tidemark, view} = require('./harness.js');

async function settingsOfTheConsoleStayThere({call, run}) {
  await run(`CREATE TABLE moments (id integer PRIMARY KEY, at timestamptz); INSERT INTO moments VALUES (1, '2024-01-02 03:04:05+00');
    SET timezone = 'Asia/Tokyo'; SET datestyle = 'German'; SET default_transaction_read_only = on`);
  const table = {schema: 'public', table: 'moments'}, {rows: [row]} = await call('rows', {...table, limit: 1});
  const answer = await call('save', {edits: [{...table, kind: 'update', key: row.k, set: {at: {text: '2025-01-01 00:00:00+00'}}, seen: {at: row.c[1]}}]});
  assert.equal(answer.saved, 1, JSON.stringify(answer));
  await run('RESET ALL');
}

/** A savepoint that was left open would take what is saved next along when it ends. */
async function whatIsLeftOpen({call, run}, project) {
  const begin = project.dialect === 'postgresql' ? 'BEGIN' : 'SAVEPOINT s';
  const answer = await call('console', {sql: `${begin}; INSERT INTO users VALUES (77, 'lost', NULL)`});
  assert.equal(answer.rolledBack, true);
  const insert = {schema: project.schema, table: 'users', kind: 'insert', set: {id: {text: '78'}, name: {text: 'saved'}}};
  assert.equal((await call('save', {edits: [insert]})).saved, 1);
  assert.deepEqual((await run('SELECT id FROM users WHERE id > 76'))[0].rows, [['78']]);
  assert.equal((await call('console', {sql: 'SELECT 1'})).rolledBack, false);
  await run('DELETE FROM users WHERE id = 78');
}

async function whatIsAskedAbout({call}, project) {
  const ask = async (sql) => (await call('console', {sql})).dangers?.[0];
  assert.equal((await ask('DELETE FROM users WHERE 1 = 1')).danger, 'deletes every row of a table');
  const nul = await call('console', {sql: 'DELETE FROM users \0 WHERE id = 1'});
  assert.deepEqual([nul.status, /NUL/.test(nul.error)], [400, true]);
  if (project.dialect !== 'postgresql') return;
  assert.equal((await ask('TRUNCATE users, posts')).rows, 3, 'of all tables together');
  assert.ok(await ask('EXPLAIN ANALYZE DELETE FROM users'));
}

/** Saving does not wait for a query of another tab, and only the one who asked it ends it. */
async function aQueryBelongsToItsTab(mine, theirs, project) {
  const endless = project.dialect === 'sqlite'
    ? 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n' : 'SELECT pg_sleep(3600)';
  const running = mine.call('console', {sql: endless, query: '1'}), waiting = theirs.call('console', {sql: 'SELECT 1', query: '1'});
  await new Promise((resolve) => { setTimeout(resolve, 300); });
  const insert = {schema: project.schema, table: 'users', kind: 'insert', set: {id: {text: '90'}, name: {text: 'meanwhile'}}};
  assert.equal((await theirs.call('save', {edits: [insert]})).saved, 1);
  assert.deepEqual([(await mine.call('waiting', {query: '1'})).waits, (await theirs.call('waiting', {query: '1'})).waits], [false, true]);
  await theirs.call('cancel', {query: '1'});
  await theirs.call('cancel', {query: '2'});
  await mine.call('cancel', {query: '2'});
  assert.equal(await Promise.race([running, new Promise((resolve) => { setTimeout(resolve, 300, 'runs'); })]), 'runs');
  await mine.call('cancel', {query: '1'});
  assert.match((await running).results[0].error, /cancel|interrupt/);
  assert.match((await waiting).results[0].error, /cancel/, 'what was still to run is not run');
}

async function aPageHasASize({call, run}, project) {
  const names = Array.from({length: 60}, (_, i) => `c${i}`), text = 'é'.repeat(250);
  const asked = project.dialect === 'turso' ? 200 : 500;  // its server refuses answers of more than 10 MB
  await run(`CREATE TABLE heavy (id integer PRIMARY KEY, ${names.map((one) => `${one} text`).join(', ')});
    INSERT INTO heavy ${project.dialect === 'postgresql' ? 'SELECT i' : 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT i'},
      ${names.map(() => `'${text}'`).join(', ')} FROM ${project.dialect === 'postgresql' ? 'generate_series(1, 500) AS i' : 'n'}`);
  const {rows, error} = await call('rows', {schema: project.schema, table: 'heavy', limit: asked});
  assert.ok(rows, error);
  const size = Buffer.byteLength(JSON.stringify(rows));
  assert.equal(rows.length, asked);
  assert.ok(size < 4.2 * 1024 * 1024, `${size} bytes`);
  assert.ok(rows.some((row) => text.startsWith(row.c[60].t)), 'by cutting cells');
  const whole = await call('value', {schema: project.schema, table: 'heavy', column: 'c59', key: rows[asked - 1].k});
  assert.equal(whole.value, text, 'what was cut is there when it is opened');
}

/** What the page asks by itself has limits on the server. */
async function browsingHasLimits({call}) {
  const limits = {statement_timeout: '30s', lock_timeout: '2s', idle_in_transaction_session_timeout: '1min', default_transaction_read_only: 'on', application_name: 'tidemark-studio'};
  for (const [name, value] of Object.entries(limits))
    for (const ask of ['count', 'rows']) {
      const {rows} = await call(ask, {schema: 'public', table: 'posts', where: `current_setting('${name}') = '${value}'`});
      assert.equal(Number(rows.length ?? rows), 1, `${name} of ${ask}`);
    }
}

/** The page says in red that the database is another machine's. */
async function aDatabaseElsewhere(page) {
  await page.setRequestInterception(true);
  page.on('request', async (request) => {
    if (!request.url().endsWith('/api/info')) { request.continue(); return; }
    const body = JSON.stringify({database: 'postgres://u@db.example.com/d', engine: 'postgresql', remote: true, readOnly: true, version: '0'});
    request.respond({contentType: 'application/json', body});
  });
  await page.reload();
  await seen(page, 'on another machine: postgres://u@db.example.com/d (read-only)', '#banner');
  const [color, red] = await page.$eval('#banner', (banner) => [getComputedStyle(banner).backgroundColor, getComputedStyle(document.documentElement).getPropertyValue('--red').trim()]);
  assert.equal(`#${color.match(/\d+/g).map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`, red);
}

/** A migration that cannot run says why, rehearsed and run; what was left to be done stays. */
async function aMigrationFails(page, project) {
  const file = path.join(project.cwd, 'schema.ts'), text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, text.replace("body: text('body')", "body: text('body').notNull()"));
  execFileSync(tidemark, ['generate', '--name', 'strict'], {cwd: project.cwd});
  await view(page, 'Migrations');
  await seen(page, '0002_strict', '.timeline');
  if (project.dialect !== 'turso') {
    await press(page, 'Rehearse', '.bar');
    await seen(page, '0002_strict: it finds NULL in 1 row of posts', '.progress ol');
    await seen(page, 'not everything worked', '.progress');
  }
  await page.waitForSelector('.bar .primary:not([disabled])');
  await press(page, 'Migrate (2)', '.bar');
  await page.waitForSelector('dialog');
  await press(page, 'Migrate', 'dialog .buttons');
  await seen(page, '0001_likes applied', '.progress ol');
  await seen(page, 'Failed.', '.progress');
  await seen(page, 'body', '.progress .error');
  await seen(page, 'Migrate (1)', '.bar');
}

/** Who only reads as a superuser is told what that does not hold back. */
async function aSuperuserIsWarned(browser, project) {
  const reader = await startStudio(project.cwd, '--read-only');
  let printed = '';
  for (const stream of [reader.child.stdout, reader.child.stderr]) stream.on('data', (data) => { printed += data; });
  const page = await openPage(browser, reader.link, []);
  if (project.dialect === 'postgresql') {
    await seen(page, 'as a superuser it can run programs', '#banner');
    assert.match(printed, /as a superuser it can run programs/, 'in the terminal too');
    const other = await startStudio(project.cwd, '--read-only'), {call} = await openSession(other);
    const answer = await call('console', {sql: "DO $$ BEGIN EXECUTE 'COPY (SELECT 1) TO PROGRAM ''true'''; END $$"});
    assert.match(answer.results[0].error, /DO can hide COPY/);
    stopStudio(other);
  } else {
    await seen(page, 'users', '#sidebar');
    assert.equal(await page.$eval('#banner', (banner) => banner.hidden), true);
  }
  await page.close();
  stopStudio(reader);
}

main(['sqlite', 'postgresql', 'turso'], async (browser, project) => {
  const studio = await startStudio(project.cwd), mine = await openSession(studio);
  const theirs = await openSession({link: new URL(studio.link).origin + (await mine.call('link')).link});
  await mine.run("INSERT INTO users VALUES (1, 'Ada', 1), (2, 'Ben', 2); INSERT INTO posts (id, author) VALUES (1, 1)");
  if (project.dialect === 'postgresql') await settingsOfTheConsoleStayThere(mine);
  await whatIsLeftOpen(mine, project);
  await whatIsAskedAbout(mine, project);
  if (project.dialect !== 'turso') await aQueryBelongsToItsTab(mine, theirs, project);
  await aPageHasASize(mine, project);
  if (project.dialect === 'postgresql') await browsingHasLimits(mine);
  const page = await openPage(browser, new URL(studio.link).origin + (await mine.call('link')).link, []);
  await aMigrationFails(page, project);
  await aDatabaseElsewhere(page);
  await page.close();
  await aSuperuserIsWarned(browser, project);
  stopStudio(studio);
});
