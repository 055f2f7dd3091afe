import { drizzle } from 'drizzle-orm/node-postgres';
import { sql } from 'drizzle-orm';
import { users, posts } from './schema_postgres';
const db = drizzle(process.env.DATABASE_URL!);
const chunk = <T>(list: T[], size: number): T[][] => list.length === 0 ? [] : [list.slice(0, size), ...chunk(list.slice(size), size)];
const rows = Array.from({ length: 2500 }, (_, i) => ({ id: i + 1, name: `n${i}`, email: `e${i}@x.org`, settings: { i }, tags: [`t${i % 7}`] }));
let done = 0;
for (const part of chunk(rows, 500)) {
  await db.insert(users).values(part);
  console.log(`${(done += part.length)} of ${rows.length}`);
}
const prepared = db.insert(posts).values({ authorId: sql.placeholder('author'), title: sql.placeholder('title') }).prepare('add_post');
for (let i = 1; i <= 50; i++) await prepared.execute({ author: i, title: `post ${i}` });
await db.execute(sql`update ${users} set mood = 'happy' where ${users.id} % 10 = 0`);
console.log((await db.execute(sql`select count(*)::int as n from users where mood = 'happy'`)).rows);
await db.$client.end();
