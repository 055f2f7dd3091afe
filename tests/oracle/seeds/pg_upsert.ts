import { eq, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { labels, users } from './schema_postgres';
const db = drizzle({ connection: { connectionString: process.env.DATABASE_URL } });
const seed = async () => {
  await db.insert(users).values([{ name: 'A', email: 'a@x.org' }, { name: 'B', email: 'b@x.org' }])
    .onConflictDoUpdate({ target: users.email, set: { name: sql`excluded.name || '!'`, mood: 'sad' } });
  await db.insert(labels).values(['x', 'y'].map((name) => ({ name }))).onConflictDoNothing();
};
await seed();
await seed();
const updated = await db.update(users).set({ active: false }).where(eq(users.email, 'a@x.org')).returning();
console.log(updated.length, (await db.delete(labels).where(eq(labels.name, 'y'))).rowCount);
await db.$client.end();
