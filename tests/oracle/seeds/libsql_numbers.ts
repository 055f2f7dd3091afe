import { createClient } from '@libsql/client';
const client = createClient({ url: `file:${process.env.DATABASE_FILE}` });
await client.execute('create table numbers (id integer primary key, r real)');
for (const r of [1, 1e20, 0.5]) await client.execute({ sql: 'insert into numbers (r) values (?)', args: [r] });
console.log((await client.execute('select r from numbers')).rows.map(({ r }) => r));
const exact = createClient({ url: `file:${process.env.DATABASE_FILE}`, intMode: 'bigint' });
console.log((await exact.execute('select id, r from numbers')).rows.map(({ id, r }) => [id, r]));
client.close();
exact.close();
