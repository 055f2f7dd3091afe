import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema_postgres';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const db = drizzle({ client: pool, schema, logger: true });
async function main() {
  for (let round = 0; round < 2; round++) {
    await db.execute(sql`TRUNCATE TABLE users, posts, labels, post_labels RESTART IDENTITY CASCADE`);
    const [{ id }] = await db.insert(schema.users).values({ name: 'n', email: 'e' }).returning({ id: schema.users.id });
    await db.insert(schema.posts).values({ authorId: id, title: `round ${round}` });
  }
}
main().then(() => console.log('✅ done')).catch((error) => { console.error(error); process.exitCode = 1; }).finally(() => pool.end());
