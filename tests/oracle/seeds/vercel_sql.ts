import { createClient, db, sql } from '@vercel/postgres';
import { drizzle } from 'drizzle-orm/vercel-postgres';
import * as schema from './schema_postgres';
const orm = drizzle({ client: sql, schema });
await orm.insert(schema.users).values({ name: 'V', email: 'v@x.org' });
await orm.transaction(async (tx) => {
  await tx.insert(schema.labels).values({ name: 'kept' });
});
const client = await db.connect();
await client.sql`insert into labels (name) values (${'one'}), (${'two'})`;
client.release();
const { rows, rowCount } = await sql`select name from labels where name <> ${'two'} order by name`;
console.log(rows, rowCount);
const one = createClient({ connectionString: process.env.POSTGRES_URL });
await one.connect();
console.log((await one.sql`select count(*)::int as n from users`).rows);
await one.end();
try {
  await (sql as any)('select 1');
} catch (error) {
  console.log((error as Error).name, (error as any).code);
}
await sql.end();
