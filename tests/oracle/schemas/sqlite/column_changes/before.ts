import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const items = sqliteTable('items', {
  id: integer('id').primaryKey(),
  type: text('type'),
  required: text('required'),
  optional: text('optional').notNull(),
  defaulted: text('defaulted'),
  changed: text('changed').default('a'),
  undefaulted: integer('undefaulted').default(1),
}, (t) => [index('items_type').on(t.type)]);
