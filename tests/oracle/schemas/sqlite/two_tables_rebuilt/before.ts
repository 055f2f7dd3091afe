// Drizzle Kit switches foreign keys back on before it rebuilds the second table.
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const a = sqliteTable('a', { id: integer('id').primaryKey(), value: text('value') });
export const b = sqliteTable('b', { id: integer('id').primaryKey(), value: text('value'), a: integer('a').references(() => a.id, { onDelete: 'cascade' }) });
