import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer('id').primaryKey(), value: text('value').notNull() });
export const b = sqliteTable('b', { id: integer('id').primaryKey(), value: text('value').notNull(), a: integer('a').references(() => a.id, { onDelete: 'cascade' }) });
