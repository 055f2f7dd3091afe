import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', { id: integer('id').primaryKey(), name: text('name') });
export const orders = sqliteTable('orders', { id: integer('id').primaryKey(), total: integer('total'), note: text('note') });
