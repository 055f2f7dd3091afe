import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import * as schema from './schema_postgres';
const client = postgres(process.env.DATABASE_URL!, { max: 1 });
const db = drizzle(client, { schema });
const [user] = await db.insert(schema.users).values({ name: 'p', email: 'p@x.org', settings: { deep: { er: [1] } }, tags: ['q', 'r'], createdAt: new Date('2024-03-04T05:06:07Z') }).returning();
console.log(user);
await db.transaction(async (tx) => {
  await tx.insert(schema.posts).values({ authorId: user.id, title: 'in' });
  await tx.transaction(async (inner) => { await inner.insert(schema.posts).values({ authorId: user.id, title: 'inner' }); });
  await tx.transaction(async (inner) => { await inner.insert(schema.posts).values({ authorId: user.id, title: 'out' }); inner.rollback(); }).catch(() => console.log('rolled back'));
});
console.log(await db.query.users.findFirst({ with: { posts: true } }));
await db.insert(schema.users).values({ name: 'again', email: 'p@x.org' }).catch((error) => console.log(error.cause.code, error.cause.constraint_name));
await client.end();
