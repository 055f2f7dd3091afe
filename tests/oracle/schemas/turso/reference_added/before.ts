import { integer, sqliteTable } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', { id: integer('id').primaryKey() });
export const posts = sqliteTable('posts', { id: integer('id').primaryKey(), author: integer('author') });
