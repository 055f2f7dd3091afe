import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import * as schema from './schema_sqlite';
const client = new Database(process.env.DATABASE_FILE!);
client.pragma('journal_mode = WAL');
const db = drizzle(client, { schema });
db.transaction((tx) => {
  const user = tx.insert(schema.users).values({ name: 'T', email: 't' }).returning().get();
  tx.insert(schema.posts).values({ authorId: user.id, title: 'kept' }).run();
  try { tx.transaction((inner) => { inner.insert(schema.posts).values({ authorId: user.id, title: 'gone' }).run(); inner.rollback(); }); } catch (error) { console.log((error as Error).message); }
});
try { db.transaction((tx) => { tx.insert(schema.users).values({ name: 'no', email: 'no' }).run(); throw new Error('outer'); }, { behavior: 'immediate' }); } catch (error) { console.log((error as Error).message); }
const insert = client.prepare('INSERT INTO labels (name) VALUES (?)');
const many = client.transaction((names: string[]) => { for (const name of names) insert.run(name); return names.length; });
console.log(many(['a', 'b', 'c']), client.inTransaction);
try { many(['d', 'a']); } catch (error: any) { console.log(error.name, error.code, error.message); }
console.log(db.query.users.findMany({ with: { posts: true } }).sync());
console.log(client.pragma('foreign_keys', { simple: true }), client.pragma('user_version'));
