import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const items = sqliteTable('items', {
  id: integer('id').primaryKey(),
  type: integer('type'),
  required: text('required').notNull(),
  optional: text('optional'),
  defaulted: text('defaulted').default('x'),
  changed: text('changed').default('b'),
  undefaulted: integer('undefaulted'),
}, (t) => [index('items_type').on(t.type)]);
