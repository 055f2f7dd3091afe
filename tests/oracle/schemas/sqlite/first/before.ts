import { sql } from 'drizzle-orm';
import { sqliteTable, integer, text, real, blob, numeric, index, uniqueIndex, primaryKey, check, unique } from 'drizzle-orm/sqlite-core';
export const users = sqliteTable('users', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  email: text('email').notNull().unique(),
  name: text('name', { length: 20 }).default("it's"),
  at: integer('at', { mode: 'timestamp' }).default(sql`(unixepoch())`),
  b: integer('b', { mode: 'boolean' }).default(false),
  j: text('j', { mode: 'json' }).default({ a: 1 }),
  g: text('g').generatedAlwaysAs(sql`lower(email)`),
}, (t) => [index('i').on(t.name), uniqueIndex('u').on(sql`lower(${t.name})`).where(sql`${t.b} = 1`), check('c', sql`${t.id} > 1`), unique().on(t.name, t.b)]);
export const posts = sqliteTable('posts', { a: integer().references(() => users.id, { onDelete: 'cascade' }), b: real(), c: blob(), d: numeric() }, (t) => ({ pk: primaryKey({ columns: [t.a, t.b] }) }));
