import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const people = sqliteTable('people', { id: integer('id').primaryKey(), name: text('name') });
export const orders = sqliteTable('orders', { id: integer('id').primaryKey(), amount: integer('amount'), note: text('note') });
