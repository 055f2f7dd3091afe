import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { reset, seed } from 'drizzle-seed';
import { posts, users } from './schema_sqlite';
const db = drizzle(new Database(process.env.DATABASE_FILE));
const schema = { users, posts };
async function main() {
  await reset(db, schema);
  await seed(db, schema, { count: 9, seed: 3 }).refine((f) => ({
    users: { columns: { name: f.firstName(), email: f.email() } },
    posts: { count: 15, columns: { title: f.jobTitle() } },
  }));
  const authors = new Set((await db.select().from(users)).map((one) => one.id));
  console.log(authors.size, (await db.select().from(posts)).map((one) => [authors.has(one.authorId!), one.title !== '']));
  await reset(db, schema);
}
main().catch((error) => { console.error(error); process.exitCode = 1; });
