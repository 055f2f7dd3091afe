// What the tests of the studio share: projects, studios, requests with exactly these headers, and a
// browser that notes everything that is blocked, fails, or would leave this machine.
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

/** One migration is applied, another one is pending. */
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
  return {cwd, dialect, url, schema: dialect === 'postgresql' ? 'public' : ''};
}

const studios = new Set();

function startStudio(cwd, ...flags) {
  return new Promise((resolve, reject) => {
    const port = flags.includes('--port') ? [] : ['--port', '0'];
    const child = spawn(tidemark, ['studio', ...port, '--no-open', '--json', ...flags], {cwd});
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

function stopStudio({child}) {
  child.removeAllListeners('exit');
  child.kill('SIGINT');
  studios.delete(child);
}

/** A request with exactly these headers: fetch would not let a page choose them. */
function raw(port, {method = 'POST', target = '/api/info', headers = {}, body = ''}) {
  return new Promise((resolve, reject) => {
    const request = http.request({port, host: '127.0.0.1', method, path: target, setHost: false,
      headers: {'content-length': Buffer.byteLength(body), ...headers}}, (response) => {
      let text = '';
      response.on('data', (data) => { text += data; });
      response.on('end', () => resolve({status: response.statusCode, headers: response.headers, text}));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

const ownHeaders = (port) => ({host: `localhost:${port}`, origin: `http://localhost:${port}`, 'content-type': 'application/json'});

/** A session without a browser: `call` asks as the page does, `run` has the console run SQL. */
async function openSession({link}) {
  const {port, hash} = new URL(link), own = ownHeaders(port);
  const first = await raw(port, {target: '/api/session', headers: own, body: JSON.stringify({link: hash.slice(3)})});
  const mine = {...own, cookie: first.headers['set-cookie'][0].split(';')[0], 'x-studio-token': JSON.parse(first.text).token};
  const call = async (name, body = {}) => {
    const {status, text} = await raw(port, {target: `/api/${name}`, headers: mine, body: JSON.stringify(body)});
    return {status, ...JSON.parse(text)};
  };
  const run = async (sql) => {
    const answer = await call('console', {sql, confirmed: true});
    assert.ok(answer.results?.every((one) => !one.error), JSON.stringify(answer).slice(-2000));
    return answer.results;
  };
  return {port, mine, call, run};
}

/** Another session of the database, through a studio of its own. */
async function elsewhere(project, sql) {
  const other = await startStudio(project.cwd);
  await (await openSession(other)).run(sql);
  stopStudio(other);
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
  (wanted, where) => document.querySelector(where)?.textContent.includes(wanted), {timeout: 15000}, words, selector)
  .catch(async (error) => {
    const there = await page.$eval(selector, (element) => element.innerText).catch(() => 'nothing');
    throw new Error(`"${words}" is not seen in ${selector}, but: ${there.slice(0, 600)}`, {cause: error});
  });
const press = async (page, label, within = 'body') => {
  const button = await page.waitForSelector(`${within} ::-p-text(${label})`);
  await button.evaluate((element) => element.click());
};
const view = (page, name) => press(page, name, '#views');
const chord = async (page, ...keys) => {
  for (const key of keys.slice(0, -1)) await page.keyboard.down(key);
  await page.keyboard.press(keys.at(-1));
  for (const key of keys.slice(0, -1).reverse()) await page.keyboard.up(key);
};

/** What axe-core finds, but for what is minor: the rule and the element. */
async function barriersOf(page) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe.source);
  const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
  return violations.filter((one) => one.impact !== 'minor')
    .flatMap((one) => one.nodes.map((node) => `${one.id} at ${node.target.join(' ')}: ${node.failureSummary.split('\n')[1]?.trim()}`));
}

/** A picture in light and in dark, each held to axe-core. */
async function picture(page, name, barriers) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
    await page.screenshot({path: path.join(pictures, `${name}-${scheme}.png`)});
    barriers.push(...(await barriersOf(page)).map((one) => `${name}, ${scheme}: ${one}`));
  }
}

/** Runs `each` for the projects of these engines, and ends every studio, however it went. */
async function main(dialects, each) {
  fs.mkdirSync(pictures, {recursive: true});
  const browser = await puppeteer.launch({executablePath: chromium, headless: true,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu']});
  try {
    for (const dialect of dialects) {
      const project = makeProject(dialect);
      await each(browser, project);
      fs.rmSync(project.cwd, {recursive: true, force: true});
      console.log(`studio on ${dialect}: as expected`);
    }
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  } finally {
    for (const child of studios) stopStudio({child});
    await browser.close();
  }
}

module.exports = {barriersOf, chord, elsewhere, main, openPage, openSession, ownHeaders, picture, pictures, press, raw, seen,
  startStudio, stopStudio, text, tidemark, view};
