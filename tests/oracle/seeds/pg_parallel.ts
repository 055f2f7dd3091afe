import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { labels, users } from './schema_postgres';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 3 });
const db = drizzle(pool);
await db.insert(users).values({ id: 1, name: 'x', email: 'x' });
await Promise.all(Array.from({ length: 20 }, (_, i) => db.insert(labels).values({ id: i + 1, name: `label ${i}` })));
// Two transactions that lock the same row: one waits for the other.
const order: string[] = [];
const bump = (name: string) => db.transaction(async (tx) => {
  await tx.update(users).set({ name });
  order.push('locked');
  await new Promise((resolve) => setTimeout(resolve, 20));
  order.push('done');
});
await Promise.all([bump('y'), bump('y')]);
console.log(order.join(' '));
await pool.end();
