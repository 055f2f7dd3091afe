import { createInsertSchema } from 'drizzle-zod';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { users } from './schema_sqlite';
const db = drizzle(new Database(process.env.DATABASE_FILE!));
const schema = createInsertSchema(users);
for (const row of [{ name: 'ok', email: 'ok' }, { name: 5, email: 'no' }]) {
  const parsed = schema.safeParse(row);
  if (parsed.success) await db.insert(users).values(parsed.data as any);
  else console.log(parsed.error.issues.map((issue) => issue.path.join('.') + ': ' + issue.message));
}
