import { createClient } from '@libsql/client';
import { drizzle } from 'drizzle-orm/libsql';
import * as schema from './schema_sqlite';
const client = createClient({ url: `file:${process.env.DATABASE_FILE}` });
const db = drizzle(client, { schema });
await db.transaction(async (tx) => {
  const [user] = await tx.insert(schema.users).values({ name: 'T', email: 't' }).returning();
  await tx.insert(schema.posts).values({ authorId: user.id, title: 'kept' });
  await tx.transaction(async (inner) => { await inner.insert(schema.posts).values({ authorId: user.id, title: 'gone' }); inner.rollback(); }).catch((error) => console.log(error.message));
});
await db.transaction(async (tx) => { await tx.insert(schema.labels).values({ name: 'gone' }); throw new Error('no'); }).catch((error) => console.log(error.message));
const batch = await db.batch([db.insert(schema.labels).values({ name: 'x' }).returning(), db.select().from(schema.labels), db.query.users.findMany({ with: { posts: true } })]);
console.log(JSON.stringify(batch));
client.close();
