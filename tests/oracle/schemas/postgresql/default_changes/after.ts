import { boolean, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

export const settings = pgTable('settings', {
  id: integer('id').primaryKey(),
  added: text('added').default('here'),
  removed: text('removed'),
  changed: text('changed').default('two'),
  number: integer('number').default(2),
  flag: boolean('flag').default(true),
  json: jsonb('json').default({ a: 2 }),
  at: timestamp('at').defaultNow(),
  required: text('required').notNull(),
  optional: text('optional'),
});
