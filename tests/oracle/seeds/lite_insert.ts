import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { users } from './schema_sqlite';
const db = drizzle(new Database(process.env.DATABASE_FILE!));
db.insert(users).values([
  { name: 'Ada', email: 'ada@example.com', settings: { theme: 'dark', n: [1, 2] } },
  { name: "O'Brien", email: 'ob@example.com', active: false, createdAt: new Date('2024-05-06T07:08:09Z') },
  { name: 'Ünï ☃ 🎉', email: 'u@example.com' },
]).run();
console.log(db.select().from(users).all());
