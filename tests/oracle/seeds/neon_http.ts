import { neon } from '@neondatabase/serverless';
import { drizzle } from 'drizzle-orm/neon-http';
import { eq } from 'drizzle-orm';
import * as schema from './schema_postgres';
const sql = neon(process.env.NEON_URL!);
const db = drizzle(sql, { schema });
const [user] = await db.insert(schema.users)
  .values({ name: 'N', email: 'n@x.org', settings: { a: [1] }, tags: ['x', 'y "z"'] }).returning();
console.log(user);
await db.batch([
  db.insert(schema.posts).values([{ authorId: user.id, title: 'one' }, { authorId: user.id, title: 'two' }]),
  db.update(schema.posts).set({ views: 7 }).where(eq(schema.posts.title, 'two')),
]);
console.log(await db.query.users.findMany({ with: { posts: true }, columns: { email: true } }));
const late = sql`insert into labels (name) values ('never sent')`;
console.log(typeof late.then, await sql`select name from labels`);
const results = await sql.transaction([
  sql`insert into labels (name) values (${'a'}) returning name`,
  sql('insert into labels (name) values ($1) returning name', ['b']),
], { isolationLevel: 'RepeatableRead' });
console.log(results);
try {
  await sql.transaction((tx) => [
    tx`insert into labels (name) values ('gone')`,
    tx`insert into labels (name) values ('a')`,
  ]);
} catch (error) {
  console.log((error as any).code, (error as any).constraint);
}
try {
  await sql.transaction([1] as never);
} catch (error) {
  console.log((error as Error).message);
}
console.log(await sql('select 1 as one, now() is null as no', [], { arrayMode: true, fullResults: false }));
