import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const lists = sqliteTable('lists', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  title: text('title'),
});
export const items = sqliteTable('items', {
  id: integer('id').primaryKey(),
  listId: integer('list_id').references(() => lists.id, { onDelete: 'cascade' }),
});
