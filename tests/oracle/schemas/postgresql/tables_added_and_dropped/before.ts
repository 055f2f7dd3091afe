import { index, integer, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';

export const users = pgTable('users', { id: integer('id').primaryKey() });
export const gone = pgTable('gone', { id: integer('id').primaryKey(), name: text('name') }, (t) => [index('gone_name').on(t.name)]);
