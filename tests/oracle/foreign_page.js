'use strict';
// What the local server of each studio answers to a page of another site: the same
// requests to both, on SQLite. What was executed is asked of the database itself.
//
//   node foreign_page.js TIDEMARK

const assert = require('node:assert');
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const path = require('node:path');
const { createClient } = require('@libsql/client');
const { KIT, MODULES } = require('./lib/project.js');

const tidemark = path.resolve(process.argv[2]);
const FOREIGN = 'https://evil.example';
const JSON_TYPE = { 'content-type': 'application/json' };
const SQL = 'create table pwned (id integer)';
const SCHEMA = `import { sqliteTable, integer } from 'drizzle-orm/sqlite-core';
export const users = sqliteTable('users', { id: integer('id').primaryKey() });
`;

async function query(file, sql) {
  const client = createClient({ url: `file:${file}` });
  try {
    return (await client.execute(sql)).rows;
  } finally {
    client.close();
  }
}

async function makeProject() {
  const cwd = fs.mkdtempSync(path.join(__dirname, '.foreign-page-'));
  const url = path.join(cwd, 'app.db');
  await query(url, 'create table users (id integer primary key)');
  fs.writeFileSync(path.join(cwd, 'schema.ts'), SCHEMA);
  const config = { dialect: 'sqlite', schema: './schema.ts', out: './drizzle', dbCredentials: { url } };
  fs.writeFileSync(path.join(cwd, 'drizzle.config.json'), JSON.stringify(config));
  return { cwd, url };
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The answer, or nothing where nobody listens yet. */
function ask(port, method, target, headers, body = '') {
  return new Promise((resolve) => {
    const length = { 'content-length': Buffer.byteLength(body) };
    const options = { host: '127.0.0.1', port, method, path: target, setHost: false,
      headers: { ...length, ...headers } };
    const request = http.request(options, (response) => {
      let text = '';
      response.on('data', (data) => { text += data; });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    request.on('error', () => resolve(undefined));
    request.end(body);
  });
}

async function started(child, port) {
  for (let attempt = 0; attempt < 600; ++attempt) {
    assert.equal(child.exitCode, null, 'the studio ended');
    if (await ask(port, 'GET', '/', { host: `localhost:${port}` })) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.fail('the studio does not listen');
}

/** Rows of the comparison: what was asked, and what came back. */
async function attack({ command, target, init, statement }) {
  const { cwd, url } = await makeProject();
  const port = await freePort();
  const env = { ...process.env, NODE_PATH: MODULES };
  const child = spawn(command[0], [...command.slice(1), '--port', `${port}`], { cwd, stdio: 'ignore', env });
  try {
    await started(child, port);
    const own = { host: `localhost:${port}`, origin: FOREIGN };
    const preflight = await ask(port, 'OPTIONS', target, { ...own, 'access-control-request-method': 'POST',
      'access-control-request-private-network': 'true' });
    const read = await ask(port, 'POST', target, { ...own, ...JSON_TYPE }, JSON.stringify(init));
    const rebound = await ask(port, 'POST', target,
      { host: `evil.example:${port}`, origin: FOREIGN, ...JSON_TYPE }, JSON.stringify(statement));
    const pwned = await query(url, "select name from sqlite_master where name = 'pwned'");
    return {
      allowedOrigin: preflight.headers['access-control-allow-origin'] ?? 'none',
      privateNetwork: preflight.headers['access-control-allow-private-network'] ?? 'none',
      schemaSent: read.text.includes('sqliteTable'), readStatus: read.status,
      reboundStatus: rebound.status, executed: pwned.length === 1,
    };
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null) { child.kill(); await ended; }
    fs.rmSync(cwd, { recursive: true });
  }
}

async function main() {
  const kit = await attack({ command: [process.execPath, KIT, 'studio'], target: '/', init: { type: 'init' },
    statement: { type: 'proxy', data: { sql: SQL, params: [], mode: 'object', method: 'run' } } });
  const ours = await attack({ command: [tidemark, 'studio', '--no-open'], target: '/api/console', init: { sql: 'select 1' },
    statement: { sql: SQL } });
  console.table({ 'drizzle-kit': kit, tidemark: ours });
  assert.deepEqual(kit, { allowedOrigin: '*', privateNetwork: 'true', schemaSent: true, readStatus: 200,
    reboundStatus: 200, executed: true });
  assert.deepEqual(ours, { allowedOrigin: 'none', privateNetwork: 'none', schemaSent: false, readStatus: 403,
    reboundStatus: 421, executed: false });
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
