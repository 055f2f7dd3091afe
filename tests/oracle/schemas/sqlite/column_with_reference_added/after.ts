import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', { id: integer('id').primaryKey() });
export const posts = sqliteTable('posts', { id: integer('id').primaryKey(), title: text('title'), authorId: integer('author_id').references(() => users.id) });
