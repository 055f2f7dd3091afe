import { integer, pgTable, text } from 'drizzle-orm/pg-core';

export const parents = pgTable('parents', { id: integer('id').primaryKey() });
export const rows = pgTable('rows', { id: integer('id').primaryKey(), keep: text('keep') });
