// Studio in headless Chromium, on SQLite, PostgreSQL and a libSQL server: the main paths as a person takes
// them. Screenshots go to the folder that is given.
//   node run.js TIDEMARK SCREENSHOTS     with TIDEMARK_TEST_PG and TIDEMARK_TEST_LIBSQL
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const {chord, elsewhere, main, openPage, picture: pictureOf, pictures, press, seen, startStudio, stopStudio, view} = require('./harness.js');

/** The diagram is made larger and smaller, moved by its ground, and its boxes at any scale. */
async function looksCloser(page, place) {
  const width = () => page.$eval('.diagram svg', (svg) => Number(svg.getAttribute('width')));
  const plain = await width();
  await press(page, '+', '.zoom');
  assert.ok(Math.abs(await width() - plain * 1.25) < 0.01);
  const box = await page.$eval('.diagram', (canvas) => canvas.getBoundingClientRect().toJSON());
  await page.mouse.move(box.x + 100, box.y + 100);
  await page.keyboard.down('Control');
  for (const _ of [1, 2, 3, 4]) await page.mouse.wheel({deltaY: -100});
  await page.keyboard.up('Control');
  await page.waitForFunction((wanted) => document.querySelector('.diagram svg').getAttribute('width') > wanted * 2.9, {}, plain);
  const scrolled = () => page.$eval('.diagram', (canvas) => canvas.scrollLeft);
  await page.$eval('.diagram', (canvas) => { canvas.scrollLeft = 300; });
  const [from, ground] = [await scrolled(), await page.evaluate(() => {
    const {left, top, right, bottom} = document.querySelector('.diagram').getBoundingClientRect();
    for (let y = top + 5; y < bottom - 20; y += 5)
      for (let x = left + 60; x < right - 20; x += 5) if (document.elementFromPoint(x, y).tagName === 'svg') return {x, y};
    return null;
  })];
  await page.mouse.move(ground.x, ground.y);
  await page.mouse.down();
  await page.mouse.move(ground.x - 40, ground.y, {steps: 4});
  await page.mouse.up();
  assert.equal(await scrolled(), from + 40);
  await press(page, 'Fit', '.zoom');
  assert.ok(await page.$eval('.diagram', (canvas) => canvas.scrollWidth <= canvas.clientWidth && canvas.scrollHeight <= canvas.clientHeight), 'all of it is in sight');
  await press(page, '−', '.zoom');
  const grip = await page.$eval('.diagram [aria-label^="Table posts"] .title', (title) => title.getBoundingClientRect().toJSON());
  const [, x] = /translate\((\S+)/.exec(await place());
  const kept = () => page.evaluate(() => JSON.stringify(localStorage));
  const before = await kept();
  await page.mouse.move(grip.x + 5, grip.y + 5);
  await page.mouse.down();
  await page.mouse.move(grip.x + 45, grip.y + 5, {steps: 4});
  assert.equal(await kept(), before, 'it is kept where it is let go');
  await page.mouse.up();
  const scale = await width() / await page.$eval('.diagram svg', (svg) => svg.viewBox.baseVal.width);
  assert.ok(Math.abs(Number(/translate\((\S+)/.exec(await place())[1]) - x - 40 / scale) < 1.5, 'a box goes as far as the pointer');
  assert.notEqual(await kept(), before);
  await press(page, 'Arrange', '.bar');
}

const HOSTILE = '<img src=x onerror="document.title=\'owned\'">';
async function tour(browser, studio, project) {
  const complaints = [], barriers = [];
  const page = await openPage(browser, studio.link, complaints);
  const picture = (name) => pictureOf(page, `${project.dialect}-${name}`, barriers);
  const type = async (sql) => {
    await page.$eval('textarea[aria-label=SQL]', (field, value) => { field.value = value; field.dispatchEvent(new Event('input')); }, sql);
    await page.focus('textarea[aria-label=SQL]');
    await chord(page, 'Control', 'Enter');
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
  await seen(page, 'SELECT 41', 'select[aria-label=History]');
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
  for (const row of [2000, 1200, 2600]) {  // from either side, and no row is left out or comes twice
    await page.$eval('.grid', (grid, top) => { grid.scrollTop = top; }, row * 28);
    await seen(page, `user ${row + 5}`, '.grid');
    const shown = await page.$$eval('.grid .row', (rows) => rows.map((one) => one.ariaRowIndex + ' ' + one.children[1].textContent));
    assert.ok(shown.length > 10 && shown.every((one) => one.split(' ')[0] === one.split(' ')[1]), shown.join());
  }
  for (const [pressed, row] of [['.grid .cell', 500], ['.grid', 1500]]) {  // of the grid itself the scroll bar is pressed
    await page.$eval(pressed, (element) => element.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true})));
    await page.$eval('.grid', (grid, top) => { grid.scrollTop = top; }, row * 28);
    await seen(page, `user ${row + 5}`, '.grid');
    await page.$eval('body', (body) => body.dispatchEvent(new PointerEvent('pointerup', {bubbles: true})));
  }
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
  await seen(page, 'Discard 1 change?', 'dialog');
  await press(page, 'Discard', 'dialog .buttons');

  await view(page, 'Schema');
  await page.waitForSelector('.diagram .box');
  assert.equal((await page.$$('.diagram path')).length, 1);
  await seen(page, 'author', '.diagram');
  await seen(page, 'CREATE TABLE', '.side');
  await picture('schema');
  assert.ok(await page.$eval('.bar', (bar) => bar.clientHeight < 60), 'all of it is in one line');
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

  // Somebody changed the database by hand: the diagram shows where, and is searched.
  await elsewhere(project, 'CREATE TABLE strange (id integer PRIMARY KEY); ALTER TABLE posts ADD COLUMN stray text');
  await press(page, 'Compare with the database', '.bar');
  await press(page, 'Show in the diagram', '[aria-label=Drift]');
  await seen(page, '+ stray', '[aria-label="Table posts, changed"]');
  await page.waitForSelector('[aria-label="Table strange, added"]');
  assert.equal(await page.$('[aria-label^="Table users,"]'), null, 'what is the same has no colour');
  await seen(page, '2 statements would close the difference', '.side');
  await page.select('select[aria-label="What the diagram compares"]', 'schema');
  await seen(page, 'Against the schema files', '.side');
  await page.waitForSelector('[aria-label="Table strange, added"]');
  await page.type('input[aria-label="Search the diagram"]', 'stray');
  await seen(page, '1 table found', '.bar');
  assert.equal(await page.$eval('.diagram .hit', (box) => box.ariaLabel), 'Table posts, changed');
  await picture('drift');

  // A box that is moved stays where it was put, until all are arranged anew.
  await page.keyboard.press('Enter');
  const place = () => page.$eval('.diagram [aria-label^="Table posts"]', (box) => box.getAttribute('transform'));
  const before = await place();
  await chord(page, 'Alt', 'ArrowDown');
  const put = await place();
  assert.notEqual(put, before);
  await page.reload();
  await page.waitForSelector('.diagram .box');
  assert.equal(await place(), put);
  await press(page, 'Arrange', '.bar');
  assert.equal(await place(), before);
  await looksCloser(page, place);
  await elsewhere(project, 'DROP TABLE strange; ALTER TABLE posts DROP COLUMN stray');
  await view(page, 'Migrations');
  await seen(page, '0001_likes', '.timeline');
  await press(page, 'Roll back the last', '.bar');
  await page.waitForSelector('dialog');
  await press(page, 'Roll back', 'dialog .buttons');
  await seen(page, '0001_likes rolled back', '.progress');

  await page.setViewport({width: 390, height: 844});
  assert.ok(await page.$eval('#where', (where) => where.offsetHeight > 0), 'which database it is');
  await view(page, 'Data');
  await press(page, 'users', '#sidebar');
  await seen(page, 'user 1', '.grid');
  await page.type('#sidebar input', 'posts');
  await page.waitForFunction(() => document.querySelectorAll('#sidebar .entry').length === 1);
  assert.ok(await page.$eval('#sidebar', (list) => list.offsetHeight < 120), 'one hit takes no more than it needs');
  await press(page, 'Copy', '.bar');
  await page.waitForSelector('dialog .buttons');
  assert.ok(await page.$eval('dialog', (dialog) => [...dialog.querySelectorAll('button')].every((one) => one.getBoundingClientRect().right <= innerWidth && one.offsetLeft >= 0)), 'all formats are within reach');
  await press(page, 'Cancel', 'dialog .buttons');
  for (const [name, ready] of [['Data', '.grid'], ['SQL', 'textarea'], ['Schema', '.diagram .box'], ['Migrations', '.timeline']]) {
    await view(page, name);
    await page.waitForSelector(`#main ${ready}`);
    await picture(`phone-${name.toLowerCase()}`);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} fits a phone`);
    const cut = await page.$$eval('#main button:not([hidden])', (buttons) => buttons.filter((one) => one.closest('.bar')
      && one.getBoundingClientRect().right > innerWidth).map((one) => one.textContent));
    assert.deepEqual(cut, [], `the buttons of ${name} are within reach`);
  }
  assert.equal(barriers.join('\n'), '', 'everybody can use it');
  assert.equal(complaints.join('\n'), '', 'nothing is blocked, nothing fails, nothing leaves the machine');
  await page.close();
}

main(['sqlite', 'postgresql', 'turso'], async (browser, project) => {
  const studio = await startStudio(project.cwd);
  await tour(browser, studio, project);
  stopStudio(studio);
});
