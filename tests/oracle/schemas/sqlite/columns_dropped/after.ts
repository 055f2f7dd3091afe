import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const rows = sqliteTable('rows', { id: integer('id').primaryKey(), keep: text('keep') });
