// The whole way without a mouse, and what a sheet does: selecting, copying, pasting; foreign keys of
// several columns both ways; the statement at the cursor.
//   node keyboard.js TIDEMARK SCREENSHOTS     with TIDEMARK_TEST_PG and TIDEMARK_TEST_LIBSQL
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');
const {chord, main, openPage, openSession, ownHeaders, picture, raw, seen, startStudio, stopStudio} = require('./harness.js');

const TABLES = `CREATE TABLE places (country text NOT NULL, code integer NOT NULL, title text, PRIMARY KEY (country, code));
  CREATE TABLE visits (id integer PRIMARY KEY, country text, code integer, person integer REFERENCES users (id), note text,
    FOREIGN KEY (country, code) REFERENCES places (country, code));
  INSERT INTO users VALUES (1, 'Ada', 9007199254740993), (2, 'Ben | "x"', NULL), (3, 'Cy', 3);
  INSERT INTO places VALUES ('de', 1, 'Berlin'), ('de', 2, 'Bonn'), ('fr', 1, 'Paris');
  INSERT INTO visits VALUES (1, 'de', 2, 1, 'first'), (2, 'de', 2, 2, 'second'), (3, 'fr', 1, NULL, 'third'), (4, NULL, 1, 1, 'nowhere')`;

async function withoutAMouse({page, run}, project) {
  const {keyboard} = page;
  const typed = async (text, ...keys) => { await keyboard.type(text); for (const key of keys) await keyboard.press(key); };
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const choose = async (label) => {  // in a dialog, by Tab
    for (let i = 0; i < 20; ++i) {
      if (await page.evaluate((wanted) => document.activeElement.textContent === wanted, label)) { await keyboard.press('Enter'); return; }
      await chord(page, 'Shift', 'Tab');
    }
    assert.fail(`${label} is not reached by Tab`);
  };

  // A table by its name; a cell is changed, reviewed, saved.
  await seen(page, 'visits', '#sidebar');
  await keyboard.press('/');
  await typed('users', 'Enter');
  await seen(page, 'Ada', '.grid');
  await page.waitForFunction(() => document.activeElement.classList.contains('grid'));
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await page.waitForSelector('.editor textarea');
  await typed('Ada L.', 'Enter');
  await seen(page, 'Review 1 change', '.bar');
  await chord(page, 'Control', 's');
  await seen(page, "'Ada L.'", 'dialog');
  await keyboard.press('Enter');
  await seen(page, '1 change saved', '#toasts');

  // A block is selected and copied in each format, and a block of a sheet is pasted.
  const copied = async (format) => {
    if (format === 'TSV') await chord(page, 'Control', 'c');
    else {
      await page.focus('.grid');
      await page.evaluate(() => [...document.querySelectorAll('.bar button')].find((one) => one.textContent === 'Copy').focus());
      await keyboard.press('Enter');
      await page.waitForSelector('dialog');
      await choose(format);
    }
    await page.waitForFunction(() => document.activeElement.classList.contains('grid'));
    await page.waitForFunction(() => /2 rows copied/.test(document.querySelector('#toasts').textContent));
    await page.evaluate(() => document.querySelector('#toasts').replaceChildren());
    return clipboard();
  };
  await seen(page, 'Ada L.', '.grid');
  await page.focus('.grid');
  await chord(page, 'Control', 'Home');
  await keyboard.press('ArrowRight');
  await chord(page, 'Shift', 'ArrowDown');
  await chord(page, 'Shift', 'ArrowRight');
  assert.equal((await page.$$('.grid .cell[aria-selected=true]')).length, 4);
  assert.equal(await copied('TSV'), 'Ada L.\t9007199254740993\n"Ben | ""x"""\t');
  assert.equal(await copied('CSV'), 'name,big\nAda L.,9007199254740993\n"Ben | ""x""",\n');
  assert.deepEqual(JSON.parse(await copied('JSON')), [{name: 'Ada L.', big: '9007199254740993'}, {name: 'Ben | "x"', big: null}]);
  assert.equal(await copied('Markdown'), '| name | big |\n| --- | --- |\n| Ada L. | 9007199254740993 |\n| Ben \\| "x" |  |\n');
  assert.equal(await copied('SQL'), `INSERT INTO ${project.schema && '"public".'}"users" ("name", "big") VALUES ('Ada L.', 9007199254740993);\n`
    + `INSERT INTO ${project.schema && '"public".'}"users" ("name", "big") VALUES ('Ben | "x"', NULL);\n`);
  await page.evaluate(() => navigator.clipboard.writeText('Anna\t10\r\n"B\tx"\t20\r\n'));
  await keyboard.down('Control');
  await keyboard.press('v', {commands: ['paste']});  // the key alone does nothing without a window
  await keyboard.up('Control');
  await seen(page, 'Review 2 changes', '.bar');
  await chord(page, 'Control', 's');
  await seen(page, "'Anna'", 'dialog');
  await keyboard.press('Enter');
  await seen(page, '2 changes saved', '#toasts');
  assert.deepEqual((await run('SELECT name, big FROM users ORDER BY id'))[0].rows, [['Anna', '10'], ['B\tx', '20'], ['Cy', '3']]);

  // The arrow keys go through the tables, and through the places of Ctrl-K; what is chosen is in sight and told.
  await keyboard.press('/');
  for (const _ of [1, 2]) await keyboard.press('ArrowDown');
  const chosen = await page.$eval('#sidebar .chosen', (entry) => entry.textContent);
  assert.equal(await page.$eval('#sidebar input', (field) => document.getElementById(field.getAttribute('aria-activedescendant')).textContent), chosen);
  assert.ok(await page.evaluate(() => document.activeElement.matches('#sidebar input')), 'the focus stays');
  await keyboard.press('Enter');
  await seen(page, await page.$eval('#sidebar .chosen .name', (name) => name.textContent), '#main h1');
  await page.waitForFunction(() => document.querySelector('.grid')?.getAttribute('aria-activedescendant') === 'current-cell' || document.querySelector('#main .empty'));

  // Anywhere by Ctrl-K. A key of two columns: looked at, followed, and asked who refers to it.
  await chord(page, 'Control', 'k');
  await page.waitForSelector('dialog.palette');
  await typed('visits', 'Enter');
  await seen(page, 'nowhere', '.grid');
  await page.waitForFunction(() => document.activeElement.classList.contains('grid'));
  await keyboard.press('ArrowRight');
  await chord(page, 'Alt', 'p');
  await seen(page, 'Bonn', '.peek');
  await picture(page, `${project.dialect}-peek`, project.barriers);
  await choose('Go there');
  await seen(page, '1 row', '.bar');
  await seen(page, 'Bonn', '.grid');
  assert.equal((await page.$$('.grid .row')).length, 1, 'both columns of the key count');
  await page.waitForFunction(() => document.activeElement.classList.contains('grid'));
  await page.evaluate(() => [...document.querySelectorAll('.bar button')].find((one) => one.textContent === 'Referred by').focus());
  await keyboard.press('Enter');
  await seen(page, 'visits (country, code) 2 rows', '.peek');
  await choose('visits (country, code)');
  await seen(page, 'second', '.grid');
  assert.equal((await page.$$('.grid .row')).length, 2);
  await page.goBack();
  await seen(page, 'Bonn', '.grid');

  // A reference is picked by what the row is called; rows are found by the value of a cell, and sorted.
  await chord(page, 'Control', 'k');
  await page.waitForSelector('dialog.palette');
  await typed('visits', 'Enter');
  await seen(page, 'nowhere', '.grid');
  await page.waitForFunction(() => document.activeElement.classList.contains('grid'));
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await keyboard.press(key);
  await page.waitForSelector('.editor input');
  await typed('Cy');
  await page.waitForFunction(() => document.querySelectorAll('.picks li').length === 1);
  await seen(page, 'Cy', '.picks');
  await picture(page, `${project.dialect}-picker`, project.barriers);
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await seen(page, 'Review 1 change', '.bar');
  await chord(page, 'Control', 's');
  await seen(page, "'3'", 'dialog');
  await keyboard.press('Enter');
  await seen(page, '1 change saved', '#toasts');
  await seen(page, '4 rows', '.bar');
  await page.focus('.grid');
  await chord(page, 'Alt', 's');
  await page.waitForSelector('.th[aria-sort=ascending]');
  await chord(page, 'Alt', 's');
  await page.waitForSelector('.th[aria-sort=descending]');
  await chord(page, 'Alt', 's');
  await seen(page, '4 rows', '.bar');
  await page.focus('.grid');
  await chord(page, 'Control', 'Home');
  await keyboard.press('ArrowRight');
  await chord(page, 'Alt', 'Shift', 'F');
  await seen(page, '2 rows', '.bar');
  assert.match(decodeURIComponent(page.url()), /"filters":\[\{"column":"country","op":"=","values":\["de"\]\}\]/);

  // The console: one statement of several; what is in danger, with its rows; more rows.
  await chord(page, 'Control', 'k');
  await page.waitForSelector('dialog.palette');
  await typed('SQL', 'Enter');
  await page.waitForSelector('textarea[aria-label=SQL]');
  await page.waitForFunction(() => document.activeElement.tagName === 'TEXTAREA');
  await typed("SELECT 'ä€' AS one; SELECT 'two' AS two; DELETE FROM places");
  for (const key of ['Home', ...Array(25).fill('ArrowRight')]) await keyboard.press(key);
  await chord(page, 'Alt', 'Enter');
  await seen(page, 'two', '.result table');
  assert.equal((await page.$$('.result')).length, 1, 'only the statement at the cursor is run');
  await keyboard.press('End');
  await chord(page, 'Alt', 'Enter');
  await seen(page, 'deletes every row of a table, with 3 rows', 'dialog');
  await keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('dialog') && document.activeElement.tagName === 'TEXTAREA');
  await chord(page, 'Control', 'a');
  await typed('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i FROM n');
  await chord(page, 'Control', 'Enter');
  await seen(page, '1,000 rows, and more', '.result');
  await choose('load up to 10,000').catch(() => page.evaluate(() => [...document.querySelectorAll('.result button')].at(-1).click()));
  await seen(page, '3,000 rows', '.result');
  const drawn = () => page.$$eval('.result tbody tr', (rows) => rows.length);
  assert.equal(await drawn(), 200, 'a result is drawn as far as it is seen');
  await page.$eval('.result .table', (box) => { box.scrollTop = box.scrollHeight; });
  await page.waitForFunction(() => document.querySelectorAll('.result tbody tr').length === 400);

  // What was written is noted, for its owner alone.
  const noted = fs.readFileSync(path.join(project.cwd, 'drizzle/.tidemark/console/written.sql'), 'utf8');
  assert.match(noted, /^-- \d{4}-\d\d-\d\dT[\d:]+Z$/m);
  assert.match(noted, /^UPDATE .*"users" SET "name" = 'Ada L\.' WHERE /m);
  assert.ok(!noted.includes('DELETE FROM places'), 'what was not confirmed was not run');
}

/** Everything the page loads, as small as it would travel. */
async function bundleSize(port) {
  const own = ownHeaders(port), get = async (target) => (await raw(port, {method: 'GET', target, headers: own})).text;
  const wanted = ['/', '/app.css', '/main.js'], files = new Map();
  while (wanted.length) {
    const target = wanted.pop();
    if (files.has(target)) continue;
    files.set(target, await get(target));
    if (target.endsWith('.js')) for (const [, name] of files.get(target).matchAll(/from '\.(\/\w+\.js)'/g)) wanted.push(name);
  }
  assert.ok(files.size > 15, 'all modules are found');
  return [...files.values()].reduce((sum, file) => sum + zlib.gzipSync(file).length, 0);
}

main(['sqlite', 'postgresql', 'turso'], async (browser, project) => {
  const studio = await startStudio(project.cwd), session = await openSession(studio), complaints = [];
  project.barriers = [];
  await session.run(TABLES);
  const origin = `http://localhost:${session.port}`;
  await browser.defaultBrowserContext().overridePermissions(origin, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
  const page = await openPage(browser, `${origin}${(await session.call('link')).link}`, complaints);
  await page.bringToFront();
  await withoutAMouse({page, ...session}, project);
  assert.equal(project.barriers.join('\n'), '', 'everybody can use it');
  assert.equal(complaints.join('\n'), '', 'nothing is blocked, nothing fails, nothing leaves the machine');
  const size = await bundleSize(session.port);
  assert.ok(size < 250 * 1024, `the page is ${size} bytes`);
  if (project.dialect === 'sqlite') console.log(`the page is ${(size / 1024).toFixed(1)} KiB compressed`);
  await page.close();
  stopStudio(studio);
});
