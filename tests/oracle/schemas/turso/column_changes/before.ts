import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const items = sqliteTable('items', {
  id: integer('id').primaryKey(),
  type: text('type'),
  required: text('required').default('-'),
  optional: text('optional').notNull(),
  changed: text('changed').default('a'),
}, (t) => [index('items_type').on(t.type), uniqueIndex('items_changed').on(t.changed)]);
