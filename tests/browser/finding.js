// How rows are found and values picked: groups of filters, relations that only the schema files
// know, a calendar for moments.
//   node finding.js TIDEMARK SCREENSHOTS     with TIDEMARK_TEST_PG and TIDEMARK_TEST_LIBSQL
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const {main, openPage, openSession, picture, press, seen, startStudio, stopStudio, view} = require('./harness.js');

// The first is a foreign key, and is not shown twice.
const RELATIONS = `
import { relations } from 'drizzle-orm';
export const told = relations(posts, ({ one }) => ({
  writer: one(users, { fields: [posts.author], references: [users.id] }),
  twin: one(users, { fields: [posts.id], references: [users.id] }),
}));
export const broken = relations(users, () => { throw new Error('used nowhere'); });
`;
const ROWS = `INSERT INTO users VALUES (1, 'Ada', 1), (2, 'Ben', 2), (3, 'Cy', 3), (4, 'Di', NULL);
  INSERT INTO posts (id, author, body) VALUES (1, 3, 'one'), (2, 3, 'two'), (3, NULL, 'three')`;

async function groupsOfFilters(page, barriers, dialect) {
  const fill = async (within, column, op, value) => {
    await page.select(`${within} select[aria-label=Column]`, column);
    await page.select(`${within} select[aria-label=Comparison]`, op);
    await page.type(`${within} input[aria-label=Value]`, value);
    await page.keyboard.press('Enter');
  };
  await press(page, 'users', '#sidebar');
  await seen(page, '4 rows', '.bar');
  await press(page, 'Filter', '.bar');
  await fill('.filters > .filter', 'id', '=', '4');
  await seen(page, '1 row', '.bar');

  // A group beside it, which combines the other way.
  await page.click('.filters > [aria-label="Add a group"]');
  await fill('.group > .filter', 'id', '<', '3');
  await seen(page, 'No row matches', '#main');
  await page.select('.filters > [aria-label="How filters combine"]', 'or');
  await seen(page, '3 rows', '.bar');
  await page.click('.group > [aria-label="Add a filter to the group"]');
  await fill('.group > .filter:nth-of-type(2)', 'name', '=', 'Cy');
  await seen(page, '4 rows', '.bar');
  await page.select('.group > [aria-label="How filters combine"]', 'and');
  await seen(page, '1 row', '.bar');
  await page.select('.group > [aria-label="How filters combine"]', 'or');
  await seen(page, '4 rows', '.bar');
  await picture(page, `${dialect}-groups`, barriers);
  await page.reload();
  await seen(page, '4 rows', '.bar');
  assert.equal((await page.$$('.group > .filter')).length, 2, 'a link leads to the same rows');
  await page.click('.group > [aria-label="Remove the group"]');
  await seen(page, '1 row', '.bar');
}

/** A condition in SQL is offered at once; the way back leads through the filters. */
async function conditions(page, {run}, project) {
  await run(`CREATE TABLE orders (id integer PRIMARY KEY, ${project.dialect === 'postgresql' ? 'j json, ' : ''}user_id integer REFERENCES users (id)); INSERT INTO orders (id, user_id) VALUES (1, 2), (2, 3)`);
  await page.click('[aria-label="Read the list of tables again"]');
  await press(page, 'orders', '#sidebar .list');
  await seen(page, '2 rows', '.bar');
  await page.type('.filters input[aria-label="SQL condition"]', 'id + 1 = 2');
  await page.keyboard.press('Enter');
  await seen(page, '1 row', '.bar');
  await page.goBack();
  await seen(page, '2 rows', '.bar');
  assert.equal(await page.$eval('.filters .raw', (field) => field.value), '');
  if (project.dialect === 'postgresql') {
    await page.$eval('.grid .th[aria-colindex="2"]', (head) => head.click());
    await seen(page, 'json has no order', '#toasts');
    assert.equal(await page.$('#main .error'), null);
  }

  // What a row may refer to is offered before anything is typed.
  await page.focus('.grid');
  for (const key of ['End', 'Enter']) await page.keyboard.press(key);
  await page.waitForFunction(() => document.querySelectorAll('.picks li').length === 4);
  await page.keyboard.press('Escape');

  // That they could not be counted does not take the rows away.
  await page.setRequestInterception(true);
  const answer = (request) => {
    if (!request.url().endsWith('/api/count')) request.continue();
    else if (JSON.parse(request.postData()).exact) request.respond({status: 422, contentType: 'application/json', body: '{"error":"it takes too long"}'});
    else request.respond({contentType: 'application/json', body: '{"rows":20000,"exact":false}'});
  };
  page.on('request', answer);
  await press(page, 'users', '#sidebar .list');
  await press(page, 'orders', '#sidebar .list');
  await seen(page, '20,000 rows', '.bar');
  await press(page, 'count exactly', '.bar');
  await seen(page, 'it takes too long', '#toasts');
  assert.equal(await page.$('#main .error'), null);
  page.off('request', answer);
  await page.setRequestInterception(false);
  await run('DROP TABLE orders');
}

async function relationsOfTheSchema(page) {
  await press(page, 'posts', '#sidebar');
  await seen(page, 'three', '.grid');
  const follow = (row, column) => `.grid [aria-rowindex="${row}"] [aria-colindex="${column}"] .follow`;
  await page.waitForSelector(follow(3, 1));
  assert.equal(await page.$(follow(3, 2)), null, 'NULL refers to nothing');
  await page.$eval(follow(2, 1), (button) => button.click());
  await seen(page, 'Ben', '.grid');
  await seen(page, '1 row', '.bar');
  await page.focus('.grid');
  await press(page, 'Referred by', '.bar');
  await seen(page, 'posts (id) 1 row', '.peek');
  await seen(page, 'posts (author) 0 rows', '.peek');
  await view(page, 'Schema');
  await page.waitForSelector('.diagram path.declared');
  assert.equal((await page.$$('.diagram path')).length, 2);
  await seen(page, '1 foreign key', '.bar');
}

/** A moment is picked; what the calendar does not ask about stays. */
async function moments(page, {run}, project) {
  const postgres = project.dialect === 'postgresql';
  await run(`CREATE TABLE moments (id integer PRIMARY KEY, at ${postgres ? 'timestamptz' : 'text'}, day ${postgres ? 'date' : 'text'}, plain text);
    INSERT INTO moments VALUES (1, '2024-01-02 03:04:05.678901+00', '2024-01-02', 'words')`);
  await page.click('[aria-label="Read the list of tables again"]');
  await view(page, 'Data');
  await press(page, 'moments', '#sidebar');
  await seen(page, '03:04:05.678901+00', '.grid');
  const edit = async (steps) => {
    await page.focus('.grid');
    for (const key of ['Home', ...Array(steps).fill('ArrowRight'), 'Enter']) await page.keyboard.press(key);
    await page.waitForSelector('.editor');
  };
  const pick = (value) => page.$eval('.editor .moment input', (field, to) => { field.value = to; field.dispatchEvent(new Event('input')); }, value);
  const written = () => page.$eval('.editor > input', (field) => field.value);
  await edit(1);
  assert.equal(await page.$eval('.editor .moment input', (field) => field.value), '2024-01-02T03:04:05');
  await pick('2025-12-31T03:04:05');
  assert.equal(await written(), '2025-12-31 03:04:05.678901+00', 'another day, the same time to the last digit');
  await pick('2025-12-31T23:59:58');
  assert.equal(await written(), '2025-12-31 23:59:58+00');
  if (postgres) await seen(page, 'here', '.editor .moment');
  await press(page, 'Keep', '.editor');
  await edit(2);
  await pick('2030-05-06');
  await press(page, 'Keep', '.editor');
  await edit(3);
  assert.equal(await page.$('.editor .moment'), null, 'words are no moment');
  await page.keyboard.press('Escape');
  await press(page, 'Review 1 change', '.bar');
  await press(page, 'Save', 'dialog .buttons');
  await seen(page, '1 change saved', '#toasts');
  const [{rows}] = await run('SELECT at, day FROM moments');
  assert.deepEqual(rows, [['2025-12-31 23:59:58+00', '2030-05-06']]);
}

main(['sqlite', 'postgresql', 'turso'], async (browser, project) => {
  fs.appendFileSync(path.join(project.cwd, 'schema.ts'), RELATIONS);
  const studio = await startStudio(project.cwd), session = await openSession(studio);
  const complaints = [], barriers = [];
  await session.run(ROWS);
  const page = await openPage(browser, (await session.call('link')).link.replace(/^/, new URL(studio.link).origin), complaints);
  await groupsOfFilters(page, barriers, project.dialect);
  await conditions(page, session, project);
  await relationsOfTheSchema(page);
  await moments(page, session, project);
  assert.equal(barriers.join('\n'), '', 'everybody can use it');
  const failures = complaints.filter((one) => !/status of 422/.test(one));  // of the request that was to fail
  assert.equal(failures.join('\n'), '');
  await page.close();
  stopStudio(studio);
});
