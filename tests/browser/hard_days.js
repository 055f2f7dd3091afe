// Bad days: tables as nobody plans them, cells that are code, another person at the same row, a query
// that does not end, a database that goes away and comes back.
//   node hard_days.js TIDEMARK SCREENSHOTS     with TIDEMARK_TEST_PG and TIDEMARK_TEST_LIBSQL
'use strict';
const assert = require('node:assert');
const {execFileSync} = require('node:child_process');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');
const {chord, elsewhere, main, openPage, openSession, press, seen, startStudio, stopStudio, tidemark, view} = require('./harness.js');

const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
const literal = (text) => `'${text.replaceAll("'", "''")}'`;
const at = (project, table) => `#${encodeURIComponent(JSON.stringify({view: 'data', schema: project.schema, table}))}`;

async function withoutAKey({call, run}, project) {
  await run('CREATE TABLE keyless (a integer); INSERT INTO keyless VALUES (1), (1)');
  const keyless = await call('table', {schema: project.schema, table: 'keyless'});
  assert.equal((await call('rows', {schema: project.schema, table: 'keyless'})).rows.length, 2);
  if (project.dialect === 'postgresql') assert.match(keyless.readOnlyReason, /key/, 'it is said why nothing can be changed');
  else assert.ok(keyless.hiddenKey, 'the rowid tells two equal rows apart');
}

/** 1,000 columns: they are read, drawn where they are seen, reached by keyboard, and changed. */
async function manyColumns(page, {run}, project) {
  const names = Array.from({length: 1000}, (_, i) => `c${i}`);
  await run(`CREATE TABLE wide (id integer PRIMARY KEY, ${names.map((one) => `${one} text`).join(', ')});
    INSERT INTO wide (id, c0, c999) VALUES (1, 'first', 'last'), (2, 'first', 'last of two')`);
  await page.evaluate((hash) => { location.hash = hash; }, at(project, 'wide'));
  await seen(page, 'first', '.grid');
  const drawn = () => page.$$eval('.grid .cell, .grid .th', (cells) => cells.length);
  assert.ok(await drawn() < 100, 'only what is seen is drawn');
  await page.focus('.grid');
  await page.keyboard.press('End');
  await seen(page, 'last', '.grid');
  assert.equal(await page.$eval('.grid .cell.selected', (cell) => cell.ariaColIndex), '1001');
  assert.ok(await drawn() < 100, 'nor is more drawn at the end');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.editor textarea');
  await page.keyboard.type('changed');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Delete');
  await press(page, 'Review 2 changes', '.bar');
  await press(page, 'Save', 'dialog .buttons');
  await seen(page, '2 changes saved', '#toasts');
  assert.deepEqual((await run('SELECT id, c999 FROM wide'))[0].rows, [['1', 'changed']]);

  // One column is hidden, one stays in sight; the next visit finds it so.
  await press(page, 'Columns', '.bar');
  await page.waitForSelector('dialog input[type=search]');
  await page.keyboard.type('c99');
  await page.click('dialog [aria-label="Show c998"]');
  await page.click('dialog [aria-label="Pin c999"]');
  await press(page, 'Done', 'dialog .buttons');
  await page.reload();
  await seen(page, 'changed', '.grid');
  await page.focus('.grid');
  await page.keyboard.press('End');
  await page.waitForFunction(() => [...document.querySelectorAll('.grid .th')].some((one) => one.textContent.startsWith('c997')));
  assert.equal(await page.$$eval('.grid .th', (heads) => heads.filter((one) => one.textContent.startsWith('c998')).length), 0);
  await seen(page, 'c999', '.grid');
}

const NASTY = ['<script>alert(1)</script>', '<img src=x onerror="document.title=\'owned\'">', 'javascript:alert(1)', '"></td><svg onload=alert(1)>',
  '\u202Egnp.exe', '{{constructor.constructor("x")()}}', "'; DROP TABLE users; --", '\\', '%00', '=cmd|\'/c calc\'!A0', '\uD83D\uDE00'.repeat(300),
  'x'.repeat(100000), 'a\r\nb\tc', '\u0001\u0007\u001B[31m', '', ' ', 'NULL', '{"t":"no cell"}', '\u2028'];
const WORDS = ['constructor', '__proto__', 'toString', '<b>bold</b>', 'x"; DROP TABLE keyless; --'];

/** Cells, columns and tables that are code in some language: here they are text. */
async function hostile(page, {call, run}, project) {
  const table = `x"; DROP TABLE keyless; -- <img src=x onerror=alert(1)>`;
  await run(`CREATE TABLE ${quoted(table)} (id integer PRIMARY KEY, ${WORDS.map((one) => `${quoted(one)} text`).join(', ')})`);
  for (const [i, text] of NASTY.entries())
    await run(`INSERT INTO ${quoted(table)} VALUES (${i}, ${WORDS.map(() => literal(text)).join(', ')})`);
  await page.evaluate((hash) => { location.hash = hash; }, at(project, table));
  await seen(page, '<script>alert(1)', '.grid');
  assert.equal(await page.$('.grid script, .grid img, .grid svg, .grid a, .grid td, #sidebar img'), null, 'no element is made of a value');
  assert.ok(!(await page.title()).includes('owned'));

  // Each comes back as it was: read whole, and compared when another column of the row is changed.
  const {rows} = await call('rows', {schema: project.schema, table, sorts: [{column: WORDS[4]}], limit: 100});
  assert.equal(rows.length, NASTY.length);
  for (const row of rows) {
    const key = row.key ?? row.k;
    for (const column of WORDS) assert.equal((await call('value', {schema: project.schema, table, column, key})).value, NASTY[Number(row.c[0])]);
  }
  // Names that JavaScript knows are columns like others: all of them are changed, and a conflict in them is seen.
  await page.focus('.grid');
  await chord(page, 'Control', 'Home');
  for (const _ of WORDS) {
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.editor textarea');
    await page.keyboard.type('typed');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !document.querySelector('.editor'));
  }
  await press(page, 'Review 1 change', '.bar');
  await press(page, 'Save', 'dialog .buttons');
  await seen(page, '1 change saved', '#toasts');
  const [{rows: [saved]}] = await run(`SELECT ${WORDS.map(quoted).join(', ')} FROM ${quoted(table)} WHERE id = 0`);
  assert.deepEqual(saved, WORDS.map(() => 'typed'));
  assert.equal((await call('rows', {schema: project.schema, table: 'keyless'})).rows.length, 2, 'a name is no code');
}

/** Two people at one row: the second one is told, and nothing of theirs is saved. */
async function twoPeople(mine, theirs, project) {
  await mine.run("INSERT INTO users VALUES (1, 'first', 1), (2, 'second', 2)");
  const table = {schema: project.schema, table: 'users'}, seenBy = async (one) => (await one.call('rows', {...table, limit: 2})).rows;
  const [a] = await seenBy(mine), [b, other] = await seenBy(theirs);
  const value = (row, i) => row.c[i] === null ? null : (row.t ? row.t[i] : '') + row.c[i];
  const edit = (row, name) => ({...table, kind: 'update', key: row.k, set: {name: {text: name}}, seen: {name: value(row, 1)}});
  assert.equal((await mine.call('save', {edits: [edit(a, 'mine')]})).saved, 1);
  for (const edits of [[edit(other, 'theirs'), edit(b, 'theirs')], [edit(other, 'theirs'), {...table, kind: 'delete', key: b.k, seen: {name: value(b, 1)}}]]) {
    const {failed, conflict, error} = await theirs.call('save', {edits});
    assert.deepEqual([failed, conflict], [1, true], error);
  }
  assert.deepEqual((await mine.run('SELECT name FROM users ORDER BY id'))[0].rows.flat(), ['mine', 'second']);
}

/** A pending migration that deletes something says how much of it there is. */
async function whatWouldBeLost(page, project) {
  const file = path.join(project.cwd, 'schema.ts'), before = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, before.replace(/, big: \w+\('big'(, \{[^}]*\})?\)/, ''));
  execFileSync(tidemark, ['generate', '--name', 'without_big'], {cwd: project.cwd});
  await view(page, 'Migrations');
  await seen(page, '0002_without_big', '.timeline');
  await seen(page, 'it deletes 2 values of users.big', '.timeline');
  const [hazards] = await page.$$eval('.timeline li', (all) => all.map((one) => [...one.querySelectorAll('.hazard b')].map((word) => word.textContent)));
  assert.deepEqual(hazards.filter((one) => /lose/.test(one)), ['loses data'], `once, in words: ${hazards}`);
}

async function aColumnIsDropped({call, run}, project) {
  const rows = () => call('rows', {schema: project.schema, table: 'moving', limit: 10});
  await run("CREATE TABLE moving (id integer PRIMARY KEY, gone text, kept text); INSERT INTO moving VALUES (1, 'a', 'b')");
  assert.equal((await rows()).rows[0].c.length, 3);
  await elsewhere(project, 'ALTER TABLE moving DROP COLUMN gone');
  const stale = await rows();
  assert.ok(stale.status === 422 && /gone/.test(stale.error), 'it is said what is gone');
  const next = await rows();
  assert.deepEqual([next.columns, next.rows[0].c.length], [['id', 'kept'], 2], 'and the next look sees the table as it is');
}

/** A query of an hour is ended from the page, while the others go on. */
async function aLongQuery(page, {call}, project) {
  const endless = project.dialect === 'sqlite'
    ? 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n' : 'SELECT pg_sleep(3600)';
  await view(page, 'SQL');
  await page.waitForSelector('textarea[aria-label=SQL]');
  await page.$eval('textarea[aria-label=SQL]', (field, sql) => { field.value = sql; field.dispatchEvent(new Event('input')); }, endless);
  await press(page, 'Run', '.bar');
  await page.waitForSelector('.bar button.danger:not([hidden])');
  assert.equal((await call('rows', {schema: project.schema, table: 'users', limit: 1})).status, 200, 'others go on');
  await press(page, 'Cancel', '.bar');
  await page.waitForSelector('.result .error');
}

/** Ten thousand tables: the list is drawn where it is seen, and searched; a diagram of all would help nobody. */
async function tenThousandTables(page, {run}, project) {
  const make = (i) => `CREATE TABLE many_${i} (id integer PRIMARY KEY${i ? `, before integer REFERENCES many_${i - 1}(id)` : ''})`;
  if (project.dialect === 'postgresql') {  // fewer locks at a time than one transaction for all would take
    await run("CREATE PROCEDURE make() LANGUAGE plpgsql AS $$ BEGIN FOR i IN 0..9999 LOOP EXECUTE format('CREATE TABLE many_%s (id integer PRIMARY KEY%s)', i, CASE WHEN i > 0 THEN format(', before integer REFERENCES many_%s(id)', i - 1) END); IF i % 500 = 0 THEN COMMIT; END IF; END LOOP; END $$");
    await run('CALL make()');
  } else {
    await run(`BEGIN; ${Array.from({length: 10000}, (_, i) => make(i)).join('; ')}; COMMIT`);
  }
  await press(page, '⟳', '#sidebar');
  await page.waitForFunction(() => document.querySelector('#sidebar .list').scrollHeight > 200000, {timeout: 120000});
  assert.ok((await page.$$('#sidebar .entry')).length < 100, 'only what is seen is drawn');
  await page.keyboard.press('Escape');
  await page.focus('#sidebar input');
  await page.keyboard.type('many_9999');
  await page.keyboard.press('Enter');
  await seen(page, 'many_9999', '#main h1');
  await seen(page, 'The table is empty', '#main');
  await view(page, 'Schema');
  await seen(page, 'too many for one picture', '.diagram');
  await page.click('#near');
  await page.waitForSelector('.diagram .box.picked');
  assert.equal((await page.$$('.diagram .box')).length, 2, 'it and what it refers to');
}

/** Between studio and server: `open` and `close` are the cable. */
async function cable(project) {
  const url = new URL(project.url), socket = url.searchParams.get('host');
  const target = () => socket?.startsWith('/') ? net.connect(path.join(socket, `.s.PGSQL.${url.searchParams.get('port') ?? (url.port || 5432)}`))
    : net.connect(Number(url.port), url.hostname);
  const open = new Set();
  const make = () => net.createServer((client) => {
    const server = target();
    for (const [one, other] of [[client, server], [server, client]]) {
      open.add(one);
      one.on('error', () => other.destroy()).on('close', () => { open.delete(one); other.destroy(); }).pipe(other);
    }
  });
  let relay = make();
  const listen = (port) => new Promise((resolve) => relay.listen(port, '127.0.0.1', () => resolve(relay.address().port)));
  const port = await listen(0);
  return {port,
    async close() { const closed = new Promise((resolve) => relay.close(resolve)); for (const one of open) one.destroy(); await closed; },
    open() { relay = make(); return listen(port); }};
}

/** The same project, through the cable. */
function through(project, port) {
  const file = path.join(project.cwd, 'drizzle.config.json'), config = JSON.parse(fs.readFileSync(file, 'utf8'));
  const url = new URL(config.dbCredentials.url);
  url.searchParams.delete('host');
  url.searchParams.delete('port');
  url.hostname = '127.0.0.1';
  url.port = port;
  config.dbCredentials.url = url.href;
  const cwd = fs.mkdtempSync(path.join(project.cwd, 'through-'));
  fs.cpSync(path.join(project.cwd, 'drizzle'), path.join(cwd, 'drizzle'), {recursive: true});
  fs.copyFileSync(path.join(project.cwd, 'schema.ts'), path.join(cwd, 'schema.ts'));
  fs.writeFileSync(path.join(cwd, 'drizzle.config.json'), JSON.stringify(config));
  return cwd;
}

async function theDatabaseGoesAway(browser, project) {
  const line = project.dialect === 'sqlite' ? {port: 0, close() { fs.renameSync(project.url, `${project.url}.away`); }, open() { fs.renameSync(`${project.url}.away`, project.url); }}
    : await cable(project);
  const studio = await startStudio(project.dialect === 'sqlite' ? project.cwd : through(project, line.port));
  const page = await openPage(browser, studio.link, []);
  await seen(page, 'users', '#sidebar');
  if (project.dialect === 'sqlite') {  // an open file goes on to be there, so it has to be gone before it is opened
    stopStudio(studio);
    await line.close();
    const other = await startStudio(project.cwd);
    await page.goto('about:blank');
    await page.goto(other.link);
    await seen(page, 'There are no tables yet', '#sidebar');
    await line.open();
    await press(page, '⟳', '#sidebar');
    await seen(page, 'users', '#sidebar .list');
    stopStudio(other);
    await page.close();
    return;
  }
  await press(page, 'users', '#sidebar');
  await seen(page, 'mine', '.grid');
  await page.focus('.grid');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.editor textarea');
  await page.keyboard.type('kept meanwhile');
  await page.keyboard.press('Enter');
  await line.close();
  await press(page, 'Reload', '.bar');
  await page.waitForSelector('#main .error');
  await press(page, 'Review 1 change', '.bar');
  await page.waitForSelector('#toasts .error');
  await line.open();
  await press(page, 'Reload', '.bar');
  await seen(page, 'kept meanwhile', '.grid');
  await press(page, 'Review 1 change', '.bar');
  await press(page, 'Save', 'dialog .buttons');
  await seen(page, '1 change saved', '#toasts');
  await page.close();
  stopStudio(studio);
  await line.close();
}

main(['sqlite', 'postgresql', 'turso'], async (browser, project) => {
  const studio = await startStudio(project.cwd), other = await startStudio(project.cwd);
  const mine = await openSession(studio), theirs = await openSession(other), complaints = [];
  const page = await openPage(browser, `http://localhost:${mine.port}${(await mine.call('link')).link}`, complaints);
  await withoutAKey(mine, project);
  await manyColumns(page, mine, project);
  await hostile(page, mine, project);
  await twoPeople(mine, theirs, project);
  await whatWouldBeLost(page, project);
  await aColumnIsDropped(mine, project);
  if (project.dialect !== 'turso') await aLongQuery(page, mine, project);
  assert.equal(complaints.join('\n'), '', 'nothing is blocked, nothing fails, nothing leaves the machine');
  await theDatabaseGoesAway(browser, project);
  if (project.dialect !== 'turso') await tenThousandTables(page, mine, project);
  await page.close();
  stopStudio(studio);
  stopStudio(other);
});
