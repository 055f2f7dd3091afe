// Loaded before a script that uses Neon's driver: leads it to the private PostgreSQL of the
// tests, through what stands in for Neon's proxy (SQL over HTTP, PostgreSQL over WebSockets).
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { WebSocket, WebSocketServer } from 'ws';

const { PGHOST, PGPORT, NEON_URL } = process.env;
const AS_TEXT = { getTypeParser: () => (text) => text };

async function perform(client, { query, params }) {
  const result = await client.query({ text: query, values: params, rowMode: 'array', types: AS_TEXT });
  const { command, rowCount, rows, fields } = result;
  return { command, rowCount, rows, fields, rowAsArray: true };
}

async function performAll(client, queries, headers) {
  const level = headers['neon-batch-isolation-level']?.replace(/(?!^)(?=[A-Z])/g, ' ');
  await client.query(`begin${level ? ` isolation level ${level}` : ''}`);
  const results = [];
  for (const one of queries) results.push(await perform(client, one));
  await client.query('commit');
  return { results };
}

async function answer(request, response) {
  let body = '';
  for await (const part of request) body += part;
  const asked = JSON.parse(body);
  const client = new pg.Client({ connectionString: NEON_URL });
  await client.connect();
  try {
    const { queries } = asked;
    const said = await (queries ? performAll(client, queries, request.headers) : perform(client, asked));
    response.end(JSON.stringify(said));
  } catch (error) {
    response.writeHead(400).end(JSON.stringify({ ...error, message: error.message }));
  } finally {
    await client.end();
  }
}

const server = createServer((request, response) => void answer(request, response));
new WebSocketServer({ server }).on('connection', (socket, { socket: under }) => {
  under.unref();
  const database = connect(`${PGHOST}/.s.PGSQL.${PGPORT}`);
  database.unref();
  database.on('data', (bytes) => socket.send(bytes)).on('close', () => socket.close());
  socket.on('message', (bytes) => database.write(bytes)).on('close', () => database.end());
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
server.unref();
const place = `127.0.0.1:${server.address().port}`;

// Vercel's package has a copy of its own, and scripts import the modules of either.
const here = createRequire(import.meta.url);
const vercel = createRequire(here.resolve('@vercel/postgres'));
for (const require of [here, vercel]) {
  const file = require.resolve('@neondatabase/serverless').replace(/\.js$/, '.mjs');
  const { neonConfig } = await import(pathToFileURL(file));
  Object.assign(neonConfig, {
    webSocketConstructor: WebSocket, useSecureWebSocket: false, pipelineTLS: false, pipelineConnect: false,
    wsProxy: () => `${place}/v1`, fetchEndpoint: () => `http://${place}/sql`,
  });
}
