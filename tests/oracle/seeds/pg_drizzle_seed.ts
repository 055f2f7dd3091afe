import { drizzle } from 'drizzle-orm/node-postgres';
import { reset, seed } from 'drizzle-seed';
import pg from 'pg';
import { labels, posts, users } from './schema_postgres';
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
const db = drizzle({ client: pool });
const schema = { users, posts, labels };
async function main() {
  await reset(db, schema);
  await seed(db, schema, { count: 12, seed: 7 }).refine((f) => ({
    users: {
      count: 20,
      columns: {
        name: f.fullName(),
        email: f.email(),
        active: f.boolean(),
        mood: f.valuesFromArray({ values: ['sad', 'happy'] }),
        settings: f.default({ defaultValue: { theme: 'dark' } }),
        tags: f.valuesFromArray({ values: ['a', 'b'], arraySize: 2 }),
        createdAt: f.timestamp(),
      },
      with: { posts: [{ weight: 0.7, count: [1, 2] }, { weight: 0.3, count: [3] }] },
    },
    posts: {
      columns: {
        title: f.weightedRandom([
          { weight: 0.6, value: f.loremIpsum({ sentencesCount: 1 }) },
          { weight: 0.4, value: f.companyName() },
        ]),
        views: f.int({ minValue: 10, maxValue: 99 }),
      },
    },
    labels: { count: 5, columns: { name: f.valuesFromArray({ values: ['one', 'two', 'three', 'four', 'five'], isUnique: true }) } },
  }));
  // The last digit of Math.pow is each engine's own, and drizzle-seed throws its dice with it:
  // the rows are of the same kind, and not the same.
  const people = await db.select().from(users);
  const texts = await db.select().from(posts);
  const of = (id: number) => texts.filter((one) => one.authorId === id).length;
  console.log(people.length, new Set(people.map((one) => one.email)).size, people.every((one) => / /.test(one.name) && one.tags?.length === 2 && (one.settings as any).theme === 'dark'));
  console.log(people.reduce((sum, one) => sum + of(one.id), 0) === texts.length, texts.length >= 20 && texts.length <= 60, texts.every((one) => one.views >= 10 && one.views <= 99));
  console.log((await db.select().from(labels)).map((one) => one.name).sort());
  await reset(db, schema);
}
main().catch((error) => { console.error(error); process.exitCode = 1; }).finally(() => pool.end());
