import { blob, integer, numeric, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
export const users = sqliteTable('users', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  email: text('email').unique(),
  born: integer('born', { mode: 'timestamp' }),
});
export const notes = sqliteTable('notes', {
  id: text('id').primaryKey(),
  author: integer('author').notNull().references(() => users.id, { onDelete: 'cascade' }),
  body: text('body').default('empty').notNull(),
  weight: integer('weight'),
  data: blob('data'),
});
export const tags = sqliteTable('tags', { note: text('note').notNull().references(() => notes.id), tag: text('tag').notNull() },
  (t) => [primaryKey({ columns: [t.note, t.tag] })]);
export const visits = sqliteTable('visits', { path: text('path').notNull(), agent: text('agent').default('none') });
