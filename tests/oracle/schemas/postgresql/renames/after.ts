import { integer, pgTable, text } from 'drizzle-orm/pg-core';

export const people = pgTable('people', { id: integer('id').primaryKey(), name: text('name') });
export const orders = pgTable('orders', { id: integer('id').primaryKey(), amount: integer('amount'), note: text('note') });
