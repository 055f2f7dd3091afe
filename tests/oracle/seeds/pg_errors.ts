import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { users } from './schema_postgres';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const db = drizzle(pool);
await db.insert(users).values({ name: 'a', email: 'a' });
for (const text of ["insert into users (name, email) values ('b', 'a')", 'select * from nowhere', 'selec 1', "insert into posts (author_id, title) values (99, 'x')", 'insert into users (email) values (1)', "select 1 / 0", "select 'x'::int"]) {
  try {
    await pool.query(text);
  } catch (error: any) {
    console.log(error.name, error.code, error.message, error.detail, error.constraint, error.table, error.column, error.schema, error.position, error.severity);
  }
}
try {
  await db.insert(users).values({ name: 'b', email: 'a' });
} catch (error: any) {
  console.log(error.constructor.name, error.message, error.cause.code, error.cause.constraint);
}
await pool.end();
