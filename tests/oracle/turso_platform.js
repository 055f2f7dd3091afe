'use strict';
// Turso's own client against the stand-in of tests/servers: what Tidemark is tested with
// answers as the client expects.
//
//   node turso_platform.js

const assert = require('node:assert');
const { spawn } = require('node:child_process');
const path = require('node:path');
const readline = require('node:readline');
const { createClient } = require('@tursodatabase/api');

async function exercise({ url, organization, token, host }) {
  const baseUrl = `${url}/v1/`;
  const { databases } = createClient({ org: organization, token, baseUrl });
  const names = async (options) => (await databases.list(options)).map((one) => one.name);

  assert.deepEqual(await names(), ['shop', 'blog']);
  assert.deepEqual(await names({ group: 'europe' }), ['shop']);
  const shop = await databases.get('shop');
  assert.equal(shop.hostname, host);
  assert.equal(shop.group, 'europe');

  const seed = { type: 'database', name: 'shop' };
  const copy = await databases.create('copy', { group: 'europe', seed });
  assert.equal(copy.name, 'copy');
  assert.ok(copy.hostname && copy.id);
  const timestamp = new Date(0);
  await databases.create('past', { group: 'europe', seed: { ...seed, timestamp } });
  const { jwt } = await databases.createToken('copy', { expiration: '1h', authorization: 'read-only' });
  assert.equal(jwt.split('.').length, 3);
  assert.deepEqual(await databases.delete('copy'), { database: 'copy' });
  assert.deepEqual(await names({ group: 'europe' }), ['shop', 'past']);

  await assert.rejects(databases.get('copy'), { status: 404 });
  await assert.rejects(databases.create('blog', { group: 'asia' }), { status: 409 });
  await assert.rejects(createClient({ org: 'other', token, baseUrl }).databases.list(), {
    status: 404,
  });
  await assert.rejects(createClient({ org: organization, token: 'x', baseUrl }).databases.list(), {
    status: 401,
  });
}

async function main() {
  const program = path.resolve(__dirname, '../servers/turso_platform.py');
  const standIn = spawn('python3', [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    for await (const line of readline.createInterface({ input: standIn.stdout })) {
      await exercise(JSON.parse(line));
      console.log("Turso's client finds what it expects");
      return;
    }
    throw new Error('the stand-in does not start');
  } finally {
    standIn.kill();
  }
}

main();
