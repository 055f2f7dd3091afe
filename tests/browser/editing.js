// Cells as a sheet has them: what is typed is kept, what is not typed is no change, NULL is a value of its own,
// and each value goes out as what it is.
//   node editing.js TIDEMARK SCREENSHOTS     with TIDEMARK_TEST_PG and TIDEMARK_TEST_LIBSQL
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const {chord, elsewhere, main, openPage, openSession, ownHeaders, press, raw, seen, startStudio, stopStudio, view} = require('./harness.js');

const TABLES = {
  postgresql: `CREATE TYPE mood AS ENUM ('sad', 'ok');
    CREATE TABLE sheet (id integer PRIMARY KEY, note text, n integer, b bytea, twice integer GENERATED ALWAYS AS (n * 2) STORED,
      flag boolean, feel mood, made integer GENERATED ALWAYS AS IDENTITY, j json, many text[]);
    INSERT INTO sheet VALUES (1, NULL, NULL, '\\x00ff', DEFAULT, NULL, NULL, DEFAULT, E'{"a":\\n 1.10}', '{a,NULL,"b c"}'), (2, 'two', 2, NULL, DEFAULT, true, 'ok', DEFAULT, NULL, '{}');
    CREATE TABLE places (country text, code integer, PRIMARY KEY (country, code)); INSERT INTO places VALUES ('de', 1);
    CREATE TABLE trips (id integer PRIMARY KEY, country text, code integer, FOREIGN KEY (country, code) REFERENCES places);
    INSERT INTO trips VALUES (1, 'de', 1)`,
  sqlite: `CREATE TABLE sheet (id integer PRIMARY KEY, note text, n integer, b blob, twice integer GENERATED ALWAYS AS (n * 2), y, r real);
    INSERT INTO sheet (id, note, n, b, y, r) VALUES (1, NULL, NULL, x'00ff', 5, 1.5), (2, 'two', 2, 7, 2.5, 2);
    CREATE TABLE places (country text NOT NULL, code integer NOT NULL, PRIMARY KEY (country, code)); INSERT INTO places VALUES ('de', 1);
    CREATE TABLE trips (id integer PRIMARY KEY, country text, code integer, FOREIGN KEY (country, code) REFERENCES places (country, code));
    INSERT INTO trips VALUES (1, 'de', 1)`,
};
TABLES.turso = TABLES.sqlite;

/** A sheet and hands: cells are numbered as they are read out. */
function hands(page) {
  const {keyboard} = page;
  const at = (row, column) => `.grid [aria-rowindex="${row}"] [aria-colindex="${column}"]`;
  /** By its place, found and measured in one go: the cells of a grid are made anew all the time. */
  const placeOf = async (selector, right = 5) => {
    await page.waitForSelector(selector);
    const {x, y, height} = await page.evaluate((wanted) => document.querySelector(wanted).getBoundingClientRect().toJSON(), selector);
    return [x + right, y + height / 2];
  };
  const clickAt = async (...place) => page.mouse.click(...await placeOf(...place));
  return {
    click: (row, column) => clickAt(at(row, column)),
    /** Right of an editor that is open. */
    clickBeside: (row, column) => clickAt(at(row, column), 160),
    over: async (row, column, within) => page.mouse.move(...await placeOf(`${at(row, column)} ${within}`)),
    shown: async (row, column) => (await page.waitForSelector(at(row, column))).evaluate((cell) => cell.textContent),
    marked: () => page.$$eval('.grid .cell.selected', (cells) => cells.map((one) => Number(one.ariaColIndex))),
    value: () => page.$eval('.editor :is(input, textarea, select)', (field) => field.value),
    entries: () => page.$$eval('.editor option', (all) => all.map((one) => one.textContent)),
    closed: () => page.waitForFunction(() => !document.querySelector('.editor')),
    press: async (...keys) => { for (const key of keys) await keyboard.press(key); },
    changes: (count) => page.waitForFunction((wanted) => document.querySelector('#save').textContent.startsWith(`Review ${wanted} `), {timeout: 5000}, count),
    type: (text) => keyboard.type(text),
    async paste(text) {
      await page.evaluate((wanted) => navigator.clipboard.writeText(wanted), text);
      await keyboard.down('Control');
      await keyboard.press('v', {commands: ['paste']});
      await keyboard.up('Control');
    },
    async copied() {
      await press(page, 'Copy', '.bar');
      await press(page, 'SQL', 'dialog .buttons');
      await page.waitForFunction(() => /copied/.test(document.querySelector('#toasts').textContent));
      await page.evaluate(() => document.querySelector('#toasts').replaceChildren());
      return page.evaluate(() => navigator.clipboard.readText());
    },
    async discard() {
      await press(page, 'Discard', '.bar');
      await press(page, 'Discard', 'dialog .buttons');
      await page.waitForSelector('#save[hidden]');
    },
    async save() {
      await page.click('#save');
      await press(page, 'Save', 'dialog .buttons');
      await seen(page, 'saved', '#toasts');
      await page.evaluate(() => document.querySelector('#toasts').replaceChildren());
      await page.waitForSelector('#save[hidden]');
      await page.waitForSelector('.grid .row');
    },
  };
}

async function whatIsTypedIsKept(page, hand, {run}) {
  await press(page, 'sheet', '#sidebar');
  await seen(page, 'two', '.grid');

  // NULL stays NULL where nothing is typed, however the editor is left.
  await hand.click(1, 2);
  await hand.press('Enter');
  assert.equal(await page.$eval('.editor textarea', (field) => field.placeholder), 'NULL');
  await hand.press('Enter');
  await hand.closed();
  await hand.press('Enter');
  await page.waitForSelector('.editor');
  await hand.clickBeside(2, 3);
  await hand.closed();
  assert.ok(await page.$('#save[hidden]'), 'nothing is changed');

  // Another cell is clicked, or the button that reviews: what was typed is there.
  await hand.click(1, 2);
  await hand.press('Enter');
  await hand.type('kept');
  await hand.clickBeside(2, 3);
  await hand.changes(1);
  assert.equal(await hand.shown(1, 2), 'kept');
  assert.deepEqual(await hand.marked(), [3]);
  await hand.type('41');
  assert.equal(await hand.value(), '41', 'typing opens the editor, and takes the place of what was there');
  await page.click('#save');
  await seen(page, '41', 'dialog');
  await seen(page, "'kept'", 'dialog');
  await press(page, 'Cancel', 'dialog');

  // Tab goes on, Escape forgets.
  await hand.click(2, 2);
  await hand.type('tabbed');
  await hand.press('Tab');
  await hand.closed();
  assert.deepEqual(await hand.marked(), [3]);
  await hand.type('9');
  await chord(page, 'Shift', 'Tab');
  await hand.closed();
  assert.deepEqual(await hand.marked(), [2]);
  await hand.type('forgotten');
  await hand.press('Escape');
  await hand.closed();
  await hand.save();
  assert.deepEqual((await run('SELECT note, n FROM sheet ORDER BY id'))[0].rows, [['kept', null], ['tabbed', '9']]);

  // What is emptied is an empty text, or NULL where there is none.
  await hand.click(2, 2);
  await hand.press('Enter', 'Delete', 'Enter');
  await hand.click(2, 3);
  await hand.press('Enter', 'Delete', 'Enter');
  await hand.save();
  assert.deepEqual((await run('SELECT note, n FROM sheet WHERE id = 2'))[0].rows, [['', null]]);
}

async function aBlockIsPasted(page, hand, {run}) {
  await hand.click(1, 2);
  await hand.paste('one\t1\ntwo\t\nthree\t3\nfour\t4');
  await seen(page, '2 new rows', '#toasts');
  await hand.changes(4);
  assert.deepEqual([await hand.shown(1, 2), await hand.shown(2, 2), await hand.shown(3, 2), await hand.shown(4, 3)], ['three', 'four', 'one', 'NULL']);
  await hand.click(1, 1);
  await hand.type('3');
  await hand.press('Enter');
  await hand.click(2, 1);
  await hand.type('4');
  await hand.press('Enter');
  await hand.save();
  assert.deepEqual((await run('SELECT id, note, n FROM sheet ORDER BY id'))[0].rows,
    [['1', 'one', '1'], ['2', 'two', null], ['3', 'three', '3'], ['4', 'four', '4']]);
  await run('DELETE FROM sheet WHERE id > 2');
  await press(page, 'Reload', '.bar');
  await seen(page, '2 rows', '.bar');
}

/** All of a selection is copied and marked, wherever it was scrolled to. */
async function aLargeSelection(page, hand, {run}, project) {
  await run(`CREATE TABLE long (id integer PRIMARY KEY, note text); INSERT INTO long
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i, '' FROM n`);
  await page.click('[aria-label="Read the list of tables again"]');
  await press(page, 'long', '#sidebar .list');
  await seen(page, '3,000 rows', '.bar');
  await hand.click(1, 1);
  for (const key of ['Control', 'Shift']) await page.keyboard.down(key);
  await hand.press('End');
  for (const key of ['Shift', 'Control']) await page.keyboard.up(key);
  await chord(page, 'Control', 'c');
  await seen(page, '3,000 rows copied', '#toasts');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, Array.from({length: 3000}, (_, i) => String(i + 1)).join('\n'));
  await chord(page, 'Shift', 'Home');
  await chord(page, 'Shift', 'ArrowRight');
  await hand.press('Delete');
  await hand.changes('3,000');
  await hand.press('Delete');
  await page.waitForSelector('#save[hidden]');
  await chord(page, 'Control', 'Home');
  await chord(page, 'Shift', 'ArrowDown');
  await hand.press('Delete');
  await hand.changes(2);
  await hand.discard();
  await run('DROP TABLE long');
  await page.click('[aria-label="Read the list of tables again"]');
  await press(page, 'sheet', '#sidebar .list');
  await seen(page, '2 rows', '.bar');
  await page.evaluate(() => document.querySelector('#toasts').replaceChildren());
}

/** SQLite has no booleans: 1 and 0 are what a column of them holds, picked, typed or pasted. */
async function booleansOfSqlite(page, hand, {run}) {
  await run('CREATE TABLE flags (id integer PRIMARY KEY, a boolean, b boolean NOT NULL); INSERT INTO flags VALUES (1, NULL, 1), (2, 0, 1)');
  await page.click('[aria-label="Read the list of tables again"]');
  await press(page, 'flags', '#sidebar .list');
  await seen(page, '2 rows', '.bar');
  await hand.click(1, 2);
  await hand.press('Enter');
  assert.deepEqual(await hand.entries(), ['true', 'false', 'NULL']);
  await hand.press('Escape');
  await hand.closed();
  await hand.type('t');
  await hand.press('Enter');
  await hand.closed();
  await hand.click(2, 2);
  await hand.paste('true\tFALSE');
  await hand.changes(2);
  await hand.save();
  assert.deepEqual((await run('SELECT typeof(a), a, typeof(b), b FROM flags ORDER BY id'))[0].rows, [['integer', '1', 'integer', '1'], ['integer', '1', 'integer', '0']]);
  await press(page, 'sheet', '#sidebar .list');
  await seen(page, '2 rows', '.bar');
}

/** A page of another address than this machine's is given no clipboard by its browser. */
async function withoutAClipboard(page, hand) {
  await hand.click(1, 2);
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true}));
  await press(page, 'Copy', '.bar');
  await press(page, 'CSV', 'dialog .buttons');
  await seen(page, '1 row copied', '#toasts');
  await page.evaluate(() => { delete navigator.clipboard; document.querySelector('#toasts').replaceChildren(); });
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `note\n${await hand.shown(1, 2)}\n`);
}

/** SQLite: a number stays one, edited, duplicated and pasted; text stays text. */
async function storageClasses(page, hand, {run}) {
  const kinds = async (id) => (await run(`SELECT typeof(b), b, typeof(y), y FROM sheet WHERE id = ${id}`))[0].rows[0];
  await hand.click(1, 6);
  await hand.type('6');
  await hand.press('Enter');
  await hand.click(2, 4);
  await hand.paste('8\t\t3.25');
  await hand.changes(2);
  await hand.save();
  assert.deepEqual((await kinds(1)).slice(2), ['integer', '6']);
  assert.deepEqual(await kinds(2), ['integer', '8', 'real', '3.25']);
  await hand.click(2, 2);
  await press(page, 'Duplicate', '.bar');
  await hand.changes(1);
  await hand.save();
  assert.deepEqual(await kinds(3), ['integer', '8', 'real', '3.25']);
  await run('DELETE FROM sheet WHERE id = 3');
  await press(page, 'Reload', '.bar');
  await seen(page, '2 rows', '.bar');
}

/** PostgreSQL: lists have NULL; bytes go in and out as files. */
async function lists(page, hand, {run}, project) {
  await hand.click(1, 6);
  await hand.press('Enter');
  assert.deepEqual(await hand.entries(), ['true', 'false', 'NULL']);
  assert.equal(await hand.value(), 'NULL');
  await hand.press('Enter');
  await hand.closed();
  await hand.click(1, 7);
  await hand.press('Enter');
  assert.deepEqual(await hand.entries(), ['sad', 'ok', 'NULL']);
  await hand.press('Escape');
  await hand.closed();
  assert.ok(await page.$('#save[hidden]'));
  for (const [row, column, first] of [[1, 6, 'f'], [2, 6, 'n'], [1, 7, 's'], [2, 7, 'n']]) {
    await hand.click(row, column);
    await hand.type(first);
    await hand.press('Enter');
    await hand.closed();
  }
  await hand.save();
  assert.deepEqual((await run('SELECT flag, feel FROM sheet ORDER BY id'))[0].rows, [['f', 'sad'], [null, null]]);

  const file = path.join(project.cwd, 'bytes.bin'), downloads = fs.mkdtempSync(path.join(project.cwd, 'downloads-'));
  fs.writeFileSync(file, Buffer.from([0, 1, 254, 10]));
  await hand.click(2, 4);
  await hand.press('Enter');
  const [chooser] = await Promise.all([page.waitForFileChooser(), press(page, 'Upload', '.editor')]);
  await chooser.accept([file]);
  await page.waitForFunction(() => document.querySelector('.editor textarea').value === '0001fe0a');
  await press(page, 'Keep', '.editor');
  await hand.save();
  assert.deepEqual((await run("SELECT encode(b, 'hex') FROM sheet WHERE id = 2"))[0].rows, [['0001fe0a']]);
  const browsing = await page.createCDPSession();
  await browsing.send('Browser.setDownloadBehavior', {behavior: 'allow', downloadPath: downloads, eventsEnabled: true});
  const whole = new Promise((resolve) => { browsing.on('Browser.downloadProgress', ({state}) => state === 'completed' && resolve()); });
  await hand.click(2, 4);
  await hand.press('Enter');
  await press(page, 'Download', '.editor');
  await whole;
  assert.deepEqual([...fs.readFileSync(path.join(downloads, 'b.bin'))], [0, 1, 254, 10]);
  await hand.press('Escape');
}

async function goesOutAsItIs(page, hand, {call, port, mine}, project) {
  const postgres = project.dialect === 'postgresql';
  await hand.click(1, 1);
  await chord(page, 'Shift', 'End');
  const sql = await hand.copied();
  assert.match(sql, postgres ? /^INSERT INTO "public"\."sheet" \("id", "note", "n", "b", "flag", "feel", "made", "j", "many"\) OVERRIDING SYSTEM VALUE VALUES \(1, 'one', 1, '\\x00ff', 'false', 'sad', 1, /
    : /^INSERT INTO "sheet" \("id", "note", "n", "b", "y", "r"\) VALUES \(1, 'one', 1, x'00ff', 6, 1\.5\);\n$/);
  const exported = async (format) => {
    const {path: target} = await call('order-export', {schema: project.schema, table: 'sheet', format});
    const {text} = await raw(port, {method: 'GET', target, headers: {...ownHeaders(port), cookie: mine.cookie}});
    return text.trimEnd().split(/\r?\n/);
  };
  const [first, second] = (await exported('ndjson')).map((line) => JSON.parse(line));
  assert.equal(first.twice, 2);
  if (postgres) {
    assert.deepEqual([first.b, first.flag, first.feel, first.j, first.many, second.many, first.made], ['\\x00ff', false, 'sad', {a: 1.1}, ['a', null, 'b c'], [], 1]);
    assert.match((await exported('ndjson'))[0], /"j":\{"a":1\.10\}/, 'to the last digit');
  } else {
    assert.deepEqual([first.b, first.y, first.r, second.b, second.y], ['\\x00ff', 6, 1.5, 8, 3.25]);
  }
  assert.ok((await exported('sql'))[0].startsWith(sql.slice(0, sql.indexOf(' VALUES ('))), 'an export leaves the same columns out');
}

/** A key of two columns is followed from either. */
async function aKeyOfTwoColumns(page, hand) {
  await press(page, 'trips', '#sidebar');
  await seen(page, 'de', '.grid');
  for (const column of [2, 3]) {
    await hand.click(1, column);
    await page.waitForSelector(`.grid [aria-rowindex="1"] [aria-colindex="${column}"] .follow`);
    await chord(page, 'Alt', 'p');
    await seen(page, 'country', '.peek');
    await press(page, 'Close', '.peek');
  }
  // The grid is drawn anew while the button is pressed.
  await hand.over(1, 3, '.follow');
  await page.mouse.down();
  await page.setViewport({width: 1799, height: 720});
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.mouse.up();
  await seen(page, 'places', '.bar');
  await seen(page, '1 row', '.bar');
  await page.goBack();
  await seen(page, 'trips', '.bar');
  await page.waitForSelector('.grid .th:nth-child(3)');
  assert.match(await page.$eval('.grid .th:nth-child(3)', (head) => head.title), /refers to another table/);
}

/** A new row needs no key; why the others cannot be changed is there to be read. */
async function withoutAKey(page, hand, {run}, project) {
  await run(`CREATE ${project.dialect === 'postgresql' ? 'TABLE loose (a text); INSERT INTO loose VALUES (\'old\')' : 'VIEW loose AS SELECT \'old\' AS a'}`);
  await page.click('[aria-label="Read the list of tables again"]');
  await press(page, 'loose', '#sidebar .list');
  await seen(page, 'old', '.grid');
  const note = await page.$eval('.note', (line) => line.textContent), buttons = await page.$$eval('.bar button', (all) => all.map((one) => one.textContent));
  assert.ok(!buttons.includes('Duplicate'));
  assert.equal(buttons.includes('Insert'), project.dialect === 'postgresql', 'a view takes no rows');
  if (project.dialect !== 'postgresql') { assert.match(note, /rows of other tables/); return; }
  assert.match(note, /its rows cannot be told apart/);
  await press(page, 'Insert', '.bar');
  await hand.click(1, 1);
  await hand.type('new');
  await hand.press('Enter');
  await hand.save();
  assert.deepEqual((await run('SELECT a FROM loose ORDER BY a'))[0].rows, [['new'], ['old']]);
}

/** Two tables of one name are told apart everywhere. */
async function schemasAreNamed(page, {run}) {
  await run('CREATE TABLE other.users (id integer PRIMARY KEY)');
  await page.click('[aria-label="Read the list of tables again"]');
  await view(page, 'Schema');
  await page.waitForSelector('.diagram [aria-label="Table other.users"]');
  await seen(page, 'other.users', '.diagram');
}

/** Elsewhere a column goes and another one comes: no value stands under a wrong name. */
async function theTableChanges(page, hand, {run}, project) {
  const named = (...names) => page.waitForFunction((wanted) => wanted.every((name) => [...document.querySelectorAll('.grid .th')].some((one) => one.textContent.includes(name)))
    && document.querySelectorAll('.grid .th').length === wanted.length, {}, names);
  await run("CREATE TABLE sw (id integer PRIMARY KEY, gone text, aa text, bb text); INSERT INTO sw VALUES (1, 'valG', 'valA', 'valB')");
  await page.click('[aria-label="Read the list of tables again"]');
  await press(page, 'sw', '#sidebar .list');
  await seen(page, 'valG', '.grid');
  await hand.click(1, 3);
  await hand.type('mine');
  await hand.press('Enter');
  await elsewhere(project, "ALTER TABLE sw DROP COLUMN gone; ALTER TABLE sw ADD COLUMN cc text DEFAULT 'valC'");
  await press(page, 'Reload', '.bar');
  await named('id', 'aa', 'bb', 'cc');
  await seen(page, 'valC', '.grid');
  assert.deepEqual([await hand.shown(1, 2), await hand.shown(1, 3), await hand.shown(1, 4)], ['mine', 'valB', 'valC']);
  await hand.discard();

  // Without Reload: the next page fails, and the view looks again.
  await elsewhere(project, 'ALTER TABLE sw DROP COLUMN bb');
  await page.evaluate(() => document.querySelector('.grid .th').click());
  await named('id', 'aa', 'cc');
  await seen(page, 'valC', '.grid');
  assert.equal(await hand.shown(1, 3), 'valC');
}

/** The harmless button has the focus; what failed or was rolled back is said above all results. */
async function theConsoleSaysIt(page, hand, project) {
  const [newline, long] = project.dialect === 'postgresql' ? ['chr(10)', "repeat('x', 3000)"] : ['char(10)', 'hex(zeroblob(2000))'];
  const text = async (sql) => {
    await page.$eval('textarea[aria-label=SQL]', (field, value) => { field.value = value; field.dispatchEvent(new Event('input')); field.focus(); }, sql);
    await chord(page, 'Control', 'Enter');
  };
  await view(page, 'SQL');
  await page.waitForSelector('textarea[aria-label=SQL]');
  await text('DELETE FROM trips');
  await seen(page, 'deletes every row', 'dialog');
  await hand.press('Enter');
  await page.waitForFunction(() => !document.querySelector('dialog'));
  const rows = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60) SELECT i FROM n';
  await text(`${rows}; SELECT nothing; SELECT count(*) FROM trips`);
  await seen(page, 'Statement 2 of 3 failed, and statement 3 did not run', '.hazard');
  assert.ok(await page.$eval('.hazard', (line) => line.getBoundingClientRect().bottom < innerHeight), 'without scrolling');
  await text("BEGIN; INSERT INTO trips VALUES (9, 'de', 1)");
  await seen(page, 'was left open and was rolled back', '.hazard');
  await text('SELECT count(*) FROM trips');
  await page.waitForFunction(() => document.querySelector('.result td')?.textContent === '1');
  assert.ok(!(await page.$eval('.console .scroll', (box) => box.textContent)).includes('undefined'), 'nothing but what there is to say');

  // A result goes to the clipboard as a sheet takes it; what is cut is said to be.
  await text(`SELECT 'a' || ${newline} || 'b' AS x, '' AS y, NULL AS z`);
  const columns = (count) => page.waitForFunction((wanted) => document.querySelectorAll('.result th').length === wanted, {}, count);
  await columns(3);
  await press(page, 'copy', '.result');
  await seen(page, 'Copied.', '#toasts');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'x\ty\tz\n"a\nb"\t""\t');
  await text(`SELECT ${long} AS x`);
  await columns(1);
  await press(page, 'copy', '.result');
  await seen(page, '1 value is cut', '#toasts');
}

async function completed(page, {run}, project) {
  const postgres = project.dialect === 'postgresql';
  if (postgres) await run('CREATE SCHEMA other; CREATE TABLE other.hidden (id integer PRIMARY KEY, secret text)');
  await page.click('[aria-label="Read the list of tables again"]');
  if (postgres) await seen(page, 'other.hidden', '#sidebar');
  const offered = async (sql) => {
    await page.$eval('textarea[aria-label=SQL]', (field, value) => {
      const at = value.indexOf('|');
      field.value = value.replace('|', '');
      field.dispatchEvent(new Event('input'));
      field.focus();
      field.setSelectionRange(at, at);
    }, sql);
    await chord(page, 'Control', ' ');
    await page.waitForSelector('.suggest:not([hidden])');
    return page.$$eval('.suggest div', (all) => all.map((one) => one.textContent));
  };
  assert.deepEqual(await offered('select * from users u where u.|'), ['id', 'name', 'big']);
  assert.deepEqual(await offered('select p.| from users as u join posts p on true'), ['id', 'author', 'body']);
  assert.equal((await offered('select na| from users'))[0], 'name');
  assert.deepEqual(await offered('select 1; select * from trips t, sheet s where s.no|; select 2'), ['note']);
  if (!postgres) return;
  assert.deepEqual(await offered('select * from other.|'), ['hidden']);
  assert.equal((await offered('select * from hid|'))[0], 'other.hidden');
}

main(['sqlite', 'postgresql', 'turso'], async (browser, project) => {
  const studio = await startStudio(project.cwd), session = await openSession(studio), complaints = [];
  await session.run(TABLES[project.dialect]);
  const origin = `http://localhost:${session.port}`;
  await browser.defaultBrowserContext().overridePermissions(origin, ['clipboard-read', 'clipboard-write', 'clipboard-sanitized-write']);
  const page = await openPage(browser, `${origin}${(await session.call('link')).link}`, complaints), hand = hands(page);
  await page.bringToFront();
  await page.setViewport({width: 1800, height: 720});
  await whatIsTypedIsKept(page, hand, session);
  await aBlockIsPasted(page, hand, session);
  if (project.dialect === 'postgresql') await lists(page, hand, session, project);
  else await storageClasses(page, hand, session);
  if (project.dialect !== 'postgresql') await booleansOfSqlite(page, hand, session);
  await aLargeSelection(page, hand, session, project);
  await withoutAClipboard(page, hand);
  await goesOutAsItIs(page, hand, session, project);
  await aKeyOfTwoColumns(page, hand);
  await withoutAKey(page, hand, session, project);
  await theTableChanges(page, hand, session, project);
  await theConsoleSaysIt(page, hand, project);
  await completed(page, session, project);
  if (project.dialect === 'postgresql') await schemasAreNamed(page, session);
  const failures = complaints.filter((one) => !/status of 4(00|22)/.test(one));  // of requests that were to fail
  assert.equal(failures.join('\n'), '', 'nothing is blocked, nothing leaves the machine');
  await page.close();
  stopStudio(studio);
});
