import { drizzle } from 'drizzle-orm/libsql';
import { migrate } from 'drizzle-orm/libsql/migrator';
const db = drizzle({ connection: { url: `file:${process.env.DATABASE_FILE}` } });
await migrate(db, { migrationsFolder: new URL('./migrations_sqlite', import.meta.url).pathname });
console.log((await db.$client.execute('select * from notes')).rows);
