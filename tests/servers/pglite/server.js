// server.js FOLDER: a PostgreSQL whose one database is in memory and has pgvector and
// PostGIS, reached through a socket in that folder. It says so once it is there, and ends
// with its input.

import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { postgis } from '@electric-sql/pglite-postgis';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const CONNECTIONS = 10; // that take turns

const db = await PGlite.create({ extensions: { vector, postgis } });
await db.exec('create extension vector; create extension postgis');
const server = new PGLiteSocketServer({ db, path: path.join(process.argv[2], '.s.PGSQL.5432'), maxConnections: CONNECTIONS });
// All connections are one session: what one prepared is in the way of the next.
server.addEventListener('connection', () => db.exec('deallocate all'));
await server.start();
console.log('ready');
process.stdin.on('end', () => process.exit(0)).resume();
