import { createClient } from '@libsql/client';
const client = createClient({ url: `file:${process.env.DATABASE_FILE}`, intMode: 'number' });
await client.executeMultiple("insert into labels (name) values ('m1'); insert into labels (name) values ('m2');");
const inserted = await client.execute({ sql: 'insert into labels (name) values (?)', args: ['q'] });
console.log(inserted.rowsAffected, inserted.lastInsertRowid);
const named = await client.execute({ sql: 'select id, name, $x as x from labels where name = :name', args: { name: 'q', x: 1.5 } });
console.log(named.columns, named.columnTypes, named.rows, named.rows[0][1], named.rows[0].name, named.rows[0].length);
const results = await client.batch(["insert into labels (name) values ('b1')", { sql: 'select count(*) as n from labels', args: [] }], 'write');
console.log(results.map((r) => [r.rowsAffected, r.rows]));
await client.batch(["insert into labels (name) values ('b2')", 'insert into labels (name) values (null)'], 'write').catch((error) => console.log(error.name, error.code, error.message));
const tx = await client.transaction('write');
await tx.execute("insert into labels (name) values ('t1')");
await tx.rollback();
console.log(tx.closed);
const second = await client.transaction('write');
await second.execute("insert into labels (name) values ('t2')");
await second.commit();
for (const sql of ['select * from nowhere', "insert into labels (name) values ('q')", "insert into posts (author_id, title) values (9, 'x')"])
  try { await client.execute(sql); } catch (error: any) { console.log(error.name, error.code, error.message); }
console.log((await client.execute('select * from labels order by id')).rows.map((r) => r.name), client.closed, client.protocol);
client.close();
