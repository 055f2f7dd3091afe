import { Pool } from '@neondatabase/serverless';
import { drizzle } from 'drizzle-orm/neon-serverless';
import * as schema from './schema_postgres';
const pool = new Pool({ connectionString: process.env.NEON_URL });
const db = drizzle(pool, { schema });
const ids = await db.transaction(async (tx) => {
  const made = await tx.insert(schema.users)
    .values([{ name: 'A', email: 'a@x.org' }, { name: 'B', email: 'b@x.org', mood: 'happy' }])
    .returning({ id: schema.users.id });
  await tx.insert(schema.posts).values(made.map(({ id }) => ({ authorId: id, title: `of ${id}` })));
  return made;
});
await db.transaction(async (tx) => {
  await tx.insert(schema.labels).values({ name: 'gone' });
  throw new Error('back');
}).catch((error) => console.log(error.message));
console.log(ids, (await pool.query('select count(*) from posts')).rows);
await pool.query('insert into users (name, email) values ($1, $2)', ['C', 'a@x.org']).catch((error) => console.log(error.code));
await pool.end();
