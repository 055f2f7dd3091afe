import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from './schema_postgres';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const db = drizzle(pool, { schema });
await db.transaction(async (tx) => {
  const [user] = await tx.insert(schema.users).values({ name: 'T', email: 't@x.org' }).returning({ id: schema.users.id });
  await tx.insert(schema.posts).values({ authorId: user.id, title: 'kept' });
  await tx.transaction(async (inner) => {
    await inner.insert(schema.posts).values({ authorId: user.id, title: 'also kept' });
  });
  try {
    await tx.transaction(async (inner) => {
      await inner.insert(schema.posts).values({ authorId: user.id, title: 'gone' });
      inner.rollback();
    });
  } catch (error) {
    console.log((error as Error).message);
  }
});
await db.transaction(async (tx) => {
  await tx.insert(schema.users).values({ name: 'gone', email: 'gone@x.org' });
  throw new Error('no');
}).catch((error) => console.log('caught', error.message));
await db.transaction(async (tx) => { await tx.insert(schema.labels).values({ name: 'serial' }); }, { isolationLevel: 'serializable' });
console.log(await db.query.users.findMany({ with: { posts: { columns: { title: true } } }, columns: { email: true } }));
await pool.end();
