// What goes on while somebody looks elsewhere: queries and migrations that run, a studio that is started
// anew, a commit or an export that is cut off.
//   node meanwhile.js TIDEMARK SCREENSHOTS     with TIDEMARK_TEST_PG and TIDEMARK_TEST_LIBSQL
'use strict';
const assert = require('node:assert');
const {execFileSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const {chord, main, openPage, openSession, ownHeaders, press, raw, seen, startStudio, stopStudio, tidemark, view} = require('./harness.js');

const go = (page, state) => page.evaluate((hash) => { location.hash = hash; }, encodeURIComponent(JSON.stringify(state)));
const hashOf = (link) => new URL(link).hash;

/** The link of a studio that was started anew is pasted into the tab of the one before. */
async function startedAnew(browser, project) {
  const first = await startStudio(project.cwd), {port} = new URL(first.link);
  const page = await openPage(browser, first.link, []);
  await press(page, 'users', '#sidebar');
  await seen(page, 'Ada', '.grid');
  const used = await openPage(await browser.createBrowserContext(), first.link, []);
  await seen(used, 'the link was used already', '#main');
  await seen(used, 'after a restart only new ones do', '#main');
  stopStudio(first);
  await new Promise((resolve) => { first.child.once('exit', resolve); });
  const second = await startStudio(project.cwd, '--port', port), session = await openSession(second);
  for (const one of [page, used]) {
    const {link} = await session.call('link');
    await one.bringToFront();
    await one.evaluate((hash) => { location.hash = hash; }, hashOf(`http://x${link}`));
    await seen(one, 'posts', '#sidebar');
    assert.ok(!one.url().includes('t='), 'the secret is taken out of the address');
  }
  await seen(page, 'Ada', '.grid');
  await press(page, 'Reload', '.bar');
  await seen(page, '2 rows', '.bar');
  await page.close();
  await used.close();
  stopStudio(second);
}

/** Anybody may write a link: what is no filter is none. */
async function aBadLink(page, project) {
  for (const bad of [{filters: 'x', sorts: 5}, {filters: [null, 3, {filters: 7}], any: 'x', where: {}, sorts: ['x']}]) {
    await go(page, {view: 'sql'});
    await page.waitForSelector('textarea[aria-label=SQL]');
    await go(page, {view: 'data', schema: project.schema, table: 'users', ...bad});
    await seen(page, 'Ada', '.grid');
  }
}

/** A query is found again where it was started, and no second one hides its button. */
async function aQueryRuns(page, project) {
  const endless = project.dialect === 'sqlite'
    ? 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n' : 'SELECT pg_sleep(3600)';
  await view(page, 'SQL');
  await page.waitForSelector('textarea[aria-label=SQL]');
  await page.$eval('textarea[aria-label=SQL]', (field, sql) => { field.value = sql; field.dispatchEvent(new Event('input')); }, endless);
  await page.focus('textarea[aria-label=SQL]');
  await chord(page, 'Control', 'Enter');
  await page.waitForSelector('.bar button.danger:not([hidden])');
  await chord(page, 'Control', 'Enter');
  await seen(page, 'A query runs already', '#toasts');
  await view(page, 'Data');
  await page.waitForFunction(() => !document.querySelector('textarea[aria-label=SQL]'));
  await view(page, 'SQL');
  await page.waitForSelector('.bar button.danger:not([hidden])');
  assert.equal(await page.$eval('.bar .primary', (button) => button.disabled), true);
  await press(page, 'Cancel', '.bar');
  await page.waitForSelector('.result .error');
  await page.waitForSelector('.bar button.danger[hidden]');
}

/** A migration that came while the dialog was open does not run; the run is there after another view. */
async function migrationsRun(page, session, project) {
  const file = path.join(project.cwd, 'schema.ts');
  await view(page, 'Migrations');
  await press(page, 'Migrate (1)', '.bar');
  await page.waitForSelector('dialog');
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace("body: text('body')", "body: text('body'), late: text('late')"));
  execFileSync(tidemark, ['generate', '--name', 'later'], {cwd: project.cwd});
  await press(page, 'Migrate', 'dialog .buttons');
  await seen(page, 'other migrations are pending by now', '.progress .error');
  await view(page, 'Data');
  await page.waitForFunction(() => !document.querySelector('.timeline'));
  await view(page, 'Migrations');
  await seen(page, 'other migrations are pending by now', '.progress .error');
  const held = project.dialect === 'postgresql' && session.call('console', {sql: 'BEGIN; LOCK TABLE posts; SELECT pg_sleep(2)'});
  await press(page, 'Migrate (2)', '.bar');
  await press(page, 'Migrate', 'dialog .buttons');
  if (held) {
    await seen(page, 'Running', '.progress');
    await view(page, 'Data');
    await view(page, 'Migrations');
    await seen(page, 'Running', '.progress');
    await page.waitForSelector('.bar .primary[disabled]');
    await held;
  }
  await seen(page, '0002_later applied', '.progress');
  await seen(page, 'Migrate (0)', '.bar');
}

/** What is wrong is said with what to do about it, as on the command line; and what cannot be read is read again. */
async function theTimelineTells(page, project) {
  const folder = path.join(project.cwd, 'drizzle');
  const found = fs.readdirSync(folder, {recursive: true}).filter((one) => /0001_likes.*\.sql$/.test(one) && !one.includes('.tidemark'));
  const file = path.join(folder, found.find((one) => !one.includes('down')) ?? found[0]), text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, `${text}\n-- edited`);
  await press(page, 'Reload', '.bar');
  await seen(page, 'the file was changed after it was applied', '.timeline');
  await seen(page, 'repair --accept', '.timeline');
  fs.writeFileSync(file, text);
  const config = path.join(project.cwd, 'drizzle.config.json'), good = fs.readFileSync(config, 'utf8');
  fs.writeFileSync(config, '{');
  await press(page, 'Reload', '.bar');
  await page.waitForSelector('#main .scroll > div > .error');
  fs.writeFileSync(config, good);
  await press(page, 'Reload', '.bar');
  await seen(page, '0002_later', '.timeline');
  await page.waitForFunction(() => !document.querySelector('.timeline')?.textContent.includes('repair'));
}

/** An export that the database refuses is not begun; one that breaks off is told of. */
async function anExportBreaksOff(page, {call}, project) {
  const fails = project.dialect === 'postgresql' ? '1 / (id - 2) IS NOT NULL' : 'json(name) IS NOT NULL';
  const table = {schema: project.schema, table: 'users'};
  const {status, error} = await call('order-export', {...table, format: 'csv', where: 'absent = 1'});
  assert.equal(status, 422);
  assert.match(error, /absent/);
  await go(page, {view: 'data', ...table, where: fails});
  await page.waitForSelector('#main .error');
  await press(page, 'Export', '.bar');
  await press(page, 'CSV', 'dialog .buttons');
  await seen(page, 'The export of users failed, and its file is not whole', '#toasts');
}

/** A table larger than what a libSQL server answers at once. */
async function aLargeExport({call, run, port, mine}, project) {
  await run(`CREATE TABLE large AS WITH RECURSIVE c (v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM c LIMIT 30) SELECT v, hex(zeroblob(250000)) AS t FROM c`);
  const {path: target} = await call('order-export', {schema: project.schema, table: 'large', format: 'ndjson'});
  const {text} = await raw(port, {method: 'GET', target, headers: {...ownHeaders(port), cookie: mine.cookie}});
  const rows = text.trimEnd().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(rows.map((row) => row.v), Array.from({length: 30}, (_, i) => i + 1));
  assert.ok(rows.every((row) => row.t.length === 500000));
  await run('DROP TABLE large');
}

/** Of a commit that is cut off nobody knows: it is not said that nothing was saved. */
async function aCommitIsCutOff(page, {run}, project) {
  await run(`CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER cut AFTER UPDATE ON users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()`);
  await go(page, {view: 'data', schema: project.schema, table: 'users'});
  await seen(page, 'Ada', '.grid');
  await page.focus('.grid');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('x');
  await page.keyboard.press('Enter');
  await press(page, 'Review 1 change', '.bar');
  await press(page, 'Save', 'dialog .buttons');
  await seen(page, 'Nobody knows whether it was saved', '#main .error');
  await run('DROP TRIGGER cut ON users');
}

main(['sqlite', 'postgresql', 'turso'], async (browser, project) => {
  const studio = await startStudio(project.cwd), session = await openSession(studio), complaints = [];
  await session.run("INSERT INTO users VALUES (1, 'Ada', 1), (2, 'Ben', 2)");
  await startedAnew(browser, project);
  const page = await openPage(browser, new URL(studio.link).origin + (await session.call('link')).link, complaints);
  await page.bringToFront();
  await aBadLink(page, project);
  if (project.dialect !== 'turso') await aQueryRuns(page, project);
  await migrationsRun(page, session, project);
  await theTimelineTells(page, project);
  await anExportBreaksOff(page, session, project);
  if (project.dialect !== 'postgresql') await aLargeExport(session, project);
  if (project.dialect === 'postgresql') await aCommitIsCutOff(page, session, project);
  const failures = complaints.filter((one) => !/status of 4(00|22)/.test(one));  // of requests that were to fail
  assert.equal(failures.join('\n'), '', 'nothing is blocked, nothing leaves the machine');
  await page.close();
  stopStudio(studio);
});
