import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const docs = sqliteTable('docs', { id: integer('id').primaryKey(), title: text('title'), active: integer('active', { mode: 'boolean' }) }, (t) => [
  index('docs_active').on(t.title).where(sql`${t.active} = 1`),
  uniqueIndex('docs_title').on(t.title).where(sql`title is not null`),
]);
