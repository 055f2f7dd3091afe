import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', { id: integer('id').primaryKey() });
export const gone = sqliteTable('gone', { id: integer('id').primaryKey(), name: text('name').unique() });
