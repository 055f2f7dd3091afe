import { index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', {
  id: integer('id').primaryKey(),
  name: text('name'),
  email: text('email').unique(),
  active: integer('active', { mode: 'boolean' }).notNull().default(true),
  tags: text('tags', { mode: 'json' }).notNull().default([]),
  score: real('score').default(0.5),
  note: text('note'),
}, (t) => [index('users_note').on(t.note)]);
