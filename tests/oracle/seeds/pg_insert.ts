import { drizzle } from 'drizzle-orm/node-postgres';
import { users } from './schema_postgres';
const db = drizzle(process.env.DATABASE_URL!);
await db.insert(users).values([
  { name: 'Ada', email: 'ada@example.com', settings: { theme: 'dark', n: [1, 2] }, tags: ['a', 'b "c"', 'd,e', '{}'] },
  { name: "O'Brien", email: 'ob@example.com', active: false, mood: 'happy', createdAt: new Date('2024-05-06T07:08:09.123Z') },
  { name: 'Ünï ☃ 🎉', email: 'u@example.com', tags: [], settings: null },
]);
console.log(await db.select().from(users).orderBy(users.id));
await db.$client.end();
