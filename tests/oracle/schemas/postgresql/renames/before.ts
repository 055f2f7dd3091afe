import { integer, pgTable, text } from 'drizzle-orm/pg-core';

export const users = pgTable('users', { id: integer('id').primaryKey(), name: text('name') });
export const orders = pgTable('orders', { id: integer('id').primaryKey(), total: integer('total'), note: text('note') });
