import pg from 'pg';
const show = async (client: any) => {
  await client.connect();
  const { rows } = await client.query("select current_setting('search_path') as path, current_setting('application_name') as name, current_setting('statement_timeout') as timeout, current_database() = $1 as here", [process.env.DATABASE_URL!.slice('postgresql:///'.length)]);
  console.log(rows[0]);
  await client.end();
};
const first = new pg.Client({ connectionString: process.env.DATABASE_URL });
await first.connect();
await first.query('create schema tenant; create table tenant.notes (t text, n integer); create table notes (t text, n integer)');
await first.end();
await show(new pg.Client({ connectionString: process.env.DATABASE_URL, options: '-c search_path=tenant,public', application_name: 'seeder', statement_timeout: 5000 }));
await show(new pg.Client({ connectionString: `${process.env.DATABASE_URL}?options=-c%20search_path%3Dtenant&application_name=url`, application_name: 'config' }));
await show(new pg.Client({ database: process.env.DATABASE_URL!.slice('postgresql:///'.length), options: '-c search_path=tenant', application_name: 'parts' }));
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, options: '-c search_path=tenant' });
await pool.query('insert into notes (t) values ($1)', ['for the tenant']);
for (const text of ['a\0b', 'half \ud83d of one', 'a \\ud83d that is text', 'whole 😀'])
  await pool.query('insert into notes (t) values ($1)', [text]).catch((error) => console.log(error.code, error.message));
await pool.end();
