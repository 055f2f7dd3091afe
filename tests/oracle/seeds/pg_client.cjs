const { Client, Pool, types } = require('pg');
const { rm } = require('fs');
async function main() {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const many = await client.query("insert into labels (name) values ('a'), ('b'); select name from labels order by 1; select 1 as x");
  console.log(Array.isArray(many), many.map((r) => [r.command, r.rowCount, r.rows]));
  console.log((await client.query({ text: 'select $1::int + 1 as n, $2::text as t', values: [41, 'x'], rowMode: 'array' })).rows);
  console.log((await client.query('select $1::jsonb as j, $2::timestamptz as d, $3::int[] as l, $4::bytea as b, $5::bool as c', [{ a: 1 }, new Date(0), [1, 2], Buffer.from('hi'), true])).rows[0]);
  client.query('select 7 as seven', (error, result) => console.log(error, result.rows));
  await client.query('begin');
  await client.query('insert into labels (name) values ($1)', ['gone']);
  await client.query('rollback');
  const parser = types.getTypeParser(20);
  types.setTypeParser(20, (text) => Number(text));
  console.log((await client.query('select count(*) from labels')).rows);
  types.setTypeParser(20, parser);
  console.log(client.escapeIdentifier('a"b'), client.escapeLiteral("it's \\"));
  await client.end();
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 1 });
  const one = await pool.connect();
  console.log(pool.totalCount, pool.idleCount);
  one.release();
  console.log((await pool.query('select null as nothing, 1.5::numeric as n, 2::int8 as b, 0.5::float8 as f')).rows);
  await pool.end();
}
main().catch((error) => { console.error(error); process.exit(1); });
