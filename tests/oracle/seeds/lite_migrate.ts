import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { join } from 'path';
const sqlite = new Database(process.env.DATABASE_FILE!);
migrate(drizzle(sqlite), { migrationsFolder: join(import.meta.dirname, 'migrations_sqlite') });
console.log(sqlite.prepare('select hash, created_at from __drizzle_migrations').all(), sqlite.prepare('select * from notes').all());
