// Each attack that docs/studio.md names, as requests of another page, of another site, or of somebody
// who types into a studio that only reads.
//   node attacks.js TIDEMARK SCREENSHOTS     with TIDEMARK_TEST_PG and TIDEMARK_TEST_LIBSQL
'use strict';
const assert = require('node:assert');
const {spawnSync} = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const {main, openSession, ownHeaders, raw, startStudio, stopStudio, tidemark} = require('./harness.js');

const PROTECTION = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'",
  'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
};

function protectedBy({headers, status}) {
  for (const [name, value] of Object.entries(PROTECTION)) assert.equal(headers[name], value, `${name} of a ${status}`);
  assert.ok(!Object.keys(headers).some((name) => name.startsWith('access-control')), 'no CORS');
}

/** Names and origins that are not ours, and what no browser sends without asking first. */
async function strangers({link}) {
  const {port} = new URL(link), own = ownHeaders(port);
  const refused = async (status, change, why) => {
    const answer = await raw(port, change);
    assert.equal(answer.status, status, why);
    protectedBy(answer);
  };
  await refused(401, {headers: own}, 'without a session');
  for (const host of [`evil.example:${port}`, 'localhost', `localhost:${Number(port) + 1}`, `localhost.evil.example:${port}`, `localhost:${port}@evil.example`, '0.0.0.0', ''])
    await refused(421, {headers: {...own, host}}, `DNS rebinding: Host ${host}`);
  for (const origin of ['https://evil.example', 'null', `https://localhost:${port}`, 'http://localhost', `http://localhost:${port}.evil.example`, `http://localhost:${Number(port) + 1}`])
    await refused(403, {headers: {...own, origin}}, `another origin: ${origin}`);
  await refused(403, {headers: {...own, origin: ''}}, 'nobody says which page asks');
  for (const site of ['cross-site', 'same-site']) {
    await refused(403, {headers: {...own, 'sec-fetch-site': site}}, `from a ${site} page`);
    await refused(403, {method: 'GET', target: '/main.js', headers: {host: own.host, 'sec-fetch-site': site}}, `its files for a ${site} page`);
  }
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain; application/json', ''])
    await refused(415, {headers: {...own, 'content-type': type}}, `a form without preflight: ${type}`);
  await refused(403, {method: 'OPTIONS', headers: {...own, origin: 'https://evil.example',
    'access-control-request-method': 'POST', 'access-control-request-private-network': 'true'}}, 'preflight');
  for (const method of ['PUT', 'DELETE', 'PATCH']) await refused(405, {method, headers: own}, method);
}

/** One link, one browser, one tab. */
async function secrets({link}) {
  const {port, hash} = new URL(link), own = ownHeaders(port), secret = hash.slice(3);
  const status = async (change) => (await raw(port, change)).status;
  const enter = (value, headers = own) => raw(port, {target: '/api/session', headers, body: JSON.stringify({link: value})});
  assert.match(secret, /^[0-9a-f]{64}$/, '256 bits');
  for (const guess of ['', '0'.repeat(64), secret.slice(1), `${secret}0`]) assert.equal((await enter(guess)).status, 401, 'a guessed link');
  const page = await raw(port, {method: 'GET', target: '/', headers: own});
  protectedBy(page);
  assert.ok(!page.text.includes(secret), 'the page holds no secret');

  const first = await enter(secret);
  const [cookie] = first.headers['set-cookie'];
  assert.match(cookie, new RegExp(`^tidemark-studio-${port}=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=/; Max-Age=43200$`));
  assert.equal((await enter(secret)).status, 401, 'a link works once');
  const mine = {...own, cookie: cookie.split(';')[0]}, {token} = JSON.parse(first.text);
  assert.equal(await status({headers: mine}), 401, 'a cookie without the token of the tab');
  assert.equal(await status({headers: {...own, 'x-studio-token': token}}), 401, 'a token without the cookie');
  assert.equal(await status({headers: {...mine, cookie: `${mine.cookie}0`, 'x-studio-token': token}}), 401, 'another cookie');
  assert.equal(await status({headers: {...mine, 'x-studio-token': token}}), 200, 'both');
  return {...mine, 'x-studio-token': token};
}

/** GET changes nothing and names nothing outside of the page; a download is one. */
async function reading(port, mine, project) {
  const get = (target, headers = mine) => raw(port, {method: 'GET', target, headers});
  for (const target of ['/api/info', '/api/tables', '/api/console', '/api/migrate', '/download/1', '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '//etc/passwd', '/page/main.js']) {
    const answer = await get(target);
    assert.equal(answer.status, 404, target);
    protectedBy(answer);
  }
  const order = async () => JSON.parse((await raw(port, {target: '/api/order-export', headers: mine,
    body: JSON.stringify({schema: project.schema, table: 'users', format: 'ndjson'})})).text).path;
  const file = await order();
  assert.equal((await get(file, {...mine, cookie: 'none'})).status, 404, 'of another browser');
  const answer = await get(file);
  assert.match(answer.text, /"big":9007199254740993\}/);
  assert.match(answer.headers['content-disposition'], /^attachment; filename="users.ndjson"$/);
  protectedBy(answer);
  assert.equal((await get(file)).status, 404, 'a download is one');
}

async function limits(port, mine) {
  assert.equal((await raw(port, {headers: {...mine, filler: 'x'.repeat(20000)}})).status, 431, 'large headers');
  const big = raw(port, {target: '/api/console', headers: mine, body: JSON.stringify({sql: ' '.repeat(33 << 20)})});
  assert.equal((await big.catch(() => ({status: 413}))).status, 413, 'a large body');  // or it is cut off on the way
  for (const body of ['[]', '1', '{', '"x"', '{"sorts": [1]}']) {
    const answer = await raw(port, {target: '/api/rows', headers: mine, body});
    assert.equal(answer.status, 400, `${body} is no request`);
    protectedBy(answer);
  }
}

/** Not the browser but the configuration says what is connected to, and which files there are. */
async function nothingElseIsReached({call}, project) {
  const before = await call('info');
  const wanted = {url: 'postgres://evil.example/x', database: '/etc/passwd', path: '/etc/passwd', config: '/tmp/x.json', host: 'evil.example'};
  for (const name of ['info', 'tables', 'migrations', 'drift']) assert.equal((await call(name, wanted)).status, 200);
  assert.deepEqual(await call('info'), before);
  for (const name of ['../outside', '/etc/x', 'a/b', '.hidden', 'x\u0000y', '']) {
    for (const does of ['save-query', 'remove-query'])
      assert.equal((await call(does, {name, sql: 'SELECT 1'})).status, 400, `"${name}" is no query`);
  }
  assert.deepEqual(fs.readdirSync(project.cwd).filter((one) => one.includes('outside')), []);
}

const READ_ONLY_ATTACKS = {
  postgresql: ['DELETE FROM users', 'BEGIN READ WRITE; DELETE FROM users; COMMIT', 'SET TRANSACTION READ WRITE; DELETE FROM users',
    'COMMIT; DELETE FROM users', 'SET default_transaction_read_only = off; DELETE FROM users', 'DO $$ BEGIN DELETE FROM users; END $$',
    'EXPLAIN ANALYZE DELETE FROM users', "COPY users TO PROGRAM 'true'", 'CREATE TEMP TABLE x (a int)',
    'WITH x AS (DELETE FROM users RETURNING 1) SELECT * FROM x'],
  sqlite: ['DELETE FROM users', "ATTACH 'other.db' AS o", "VACUUM INTO 'other.db'", 'PRAGMA query_only = 0; DELETE FROM users',
    'PRAGMA writable_schema = 1', 'CREATE TEMP TABLE x (a)', "SELECT load_extension('x')"],
  // A libSQL server has no connection that only reads, so what is typed is judged: these write, however they begin.
  turso: ['with x as (select 1) delete from users', 'replace into users values (1, \'x\', 1)', '/* select */ drop table users',
    'explain select 1; delete from users', 'select 1; delete from users', 'begin; delete from users; commit',
    'values (1); update users set name = \'x\'', 'insert into users values (9999, \'x\', 1) returning id',
    'create table x as select 1', 'create temp table x (a)', 'pragma user_version = 3', 'pragma writable_schema(1)',
    'attach \'x.db\' as x', 'vacuum'],
};

/** A libSQL server may have functions that write files: only those are called that are known to read. */
async function onlyKnownCalls(call) {
  for (const known of ["replace(name, 'a', 'b')", 'count(*)', "(SELECT count(*) FROM json_each('[1]'))"])
    assert.ok((await call('console', {sql: `SELECT ${known} FROM users`})).results[0].rows, known);
  assert.ok((await call('console', {sql: 'PRAGMA table_info(users)'})).results[0].rows, 'a PRAGMA that tells');
  for (const unknown of ["writefile('/tmp/x', 'hello')", "\"readfile\"('/etc/passwd')", "load_extension('x')", "(SELECT 1 FROM fsdir('/'))"]) {
    const {results: [typed]} = await call('console', {sql: `SELECT ${unknown}`});
    assert.match(typed.error, /nobody knows here what \w+ does/);
    for (const does of ['rows', 'count', 'order-export']) {
      const {status, error} = await call(does, {schema: '', table: 'users', where: `${unknown} IS NULL`, limit: 1, format: 'csv'});
      assert.equal(status, 422, `${does} with ${unknown}`);
      assert.match(error, /nobody knows here what \w+ does/);
    }
  }
}

/** Whatever is typed: into the console, or as a condition of the grid. */
async function onlyReading({call}, project) {
  const looks = 'select count(*), min(name), max(name) from users';
  const state = async () => JSON.stringify((await call('console', {sql: looks})).results.map((one) => one.rows));
  const before = await state();
  for (const sql of READ_ONLY_ATTACKS[project.dialect]) {
    const answer = await call('console', {sql, confirmed: true});
    assert.ok((answer.error ? answer : answer.results.at(-1)).error, `${sql} is refused`);
    assert.equal(await state(), before, `${sql} changes nothing`);
  }
  for (const where of ['1 = 1); DELETE FROM users; --', '1 = 1) LIMIT 1; DELETE FROM users; SELECT (1', 'id IN (DELETE FROM users RETURNING id)']) {
    for (const does of ['rows', 'count']) {
      const answer = await call(does, {schema: project.schema, table: 'users', where, limit: 10});
      assert.ok(answer.error || project.dialect !== 'postgresql', `${where} is refused`);
      assert.equal(await state(), before, `${where} changes nothing`);
    }
  }
  if (project.dialect === 'turso') await onlyKnownCalls(call);
  for (const [name, body] of [['save', {edits: []}], ['migrate', {}], ['rollback', {tags: []}], ['rehearse', {}]])
    assert.equal((await call(name, body)).status, 400, `${name} is refused`);
}

/** What a forgotten tab must not do to the others at the database. */
async function considerate({call, run}) {
  const shown = async (name) => (await run(`SHOW ${name}`))[0].rows[0][0];
  assert.equal(await shown('application_name'), 'tidemark-studio');
  assert.equal(await shown('lock_timeout'), '2s');
  assert.equal(await shown('idle_in_transaction_session_timeout'), '1min');
  await run('BEGIN; SELECT 1');
  await call('preview', {edits: [{kind: 'update', schema: 'public', table: 'users', key: ['1'], set: {name: {text: 'x'}}, seen: {}}]});
  const [{rows}] = await run("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'tidemark-studio' AND state LIKE 'idle in%'");
  assert.equal(rows[0][0], '0', 'no transaction is open while somebody thinks');
}

/** The addresses that a port is listened on. */
function listeners(port) {
  const hex = Number(port).toString(16).toUpperCase().padStart(4, '0');
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : [])
    .map((line) => line.trim().split(/\s+/)).filter(([, local, , state]) => state === '0A' && local.endsWith(`:${hex}`)).map(([, local]) => local.split(':')[0]);
}

function refusedHosts(project) {
  for (const host of ['0.0.0.0', '::', '192.0.2.1', 'evil.example']) {
    const {status, stderr} = spawnSync(tidemark, ['studio', '--port', '0', '--no-open', '--host', host], {cwd: project.cwd, encoding: 'utf8', timeout: 20000});
    assert.notEqual(status, 0, `--host ${host} is refused`);
    assert.match(stderr, /--host/);
  }
}

/** A password is told nobody: not the terminal, not the page, not with an error. */
async function noPasswordGetsOut(project) {
  const cwd = fs.mkdtempSync(path.join(project.cwd, 'secret-'));
  const secret = 'hunter2hunter2', url = project.dialect === 'turso' ? `libsql://127.0.0.1:1?authToken=${secret}&tls=0` : `postgres://somebody:${secret}@127.0.0.1:1/d`;
  fs.writeFileSync(path.join(cwd, 'schema.ts'), '');
  fs.writeFileSync(path.join(cwd, 'drizzle.config.json'), JSON.stringify({dialect: project.dialect, schema: './schema.ts', dbCredentials: {url}}));
  const studio = await startStudio(cwd, '--verbose');
  let said = '';
  studio.child.stdout.on('data', (data) => { said += data; });
  const {call, port, mine} = await openSession(studio);
  for (const name of ['info', 'tables', 'migrations', 'drift']) said += (await raw(port, {target: `/api/${name}`, headers: mine, body: '{}'})).text;
  said += JSON.stringify(await call('console', {sql: 'SELECT 1'})) + studio.link;
  assert.ok(!said.includes(secret), said);
  stopStudio(studio);
}

main(['sqlite', 'postgresql', 'turso'], async (browser, project) => {
  const studio = await startStudio(project.cwd);
  const {port} = new URL(studio.link);
  const heard = listeners(port);
  if (heard.length) assert.ok(heard.every((one) => ['0100007F', '00000000000000000000000001000000'].includes(one)), `only loopback: ${heard}`);
  await strangers(studio);
  const mine = await secrets(studio);
  const call = async (name, body = {}) => {
    const {status, text} = await raw(port, {target: `/api/${name}`, headers: mine, body: JSON.stringify(body)});
    return {status, ...JSON.parse(text)};
  };
  await call('console', {sql: "INSERT INTO users VALUES (1, 'x', 9007199254740993)", confirmed: true});
  await reading(port, mine, project);
  await limits(port, mine);
  await nothingElseIsReached({call}, project);
  if (project.dialect === 'postgresql') await considerate(await openSession({link: `http://localhost:${port}${(await call('link')).link}`}));
  stopStudio(studio);

  const reader = await startStudio(project.cwd, '--read-only');
  await onlyReading(await openSession(reader), project);
  stopStudio(reader);
  refusedHosts(project);
  if (project.dialect !== 'sqlite') await noPasswordGetsOut(project);
});
