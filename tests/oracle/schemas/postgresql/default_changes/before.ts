import { boolean, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

export const settings = pgTable('settings', {
  id: integer('id').primaryKey(),
  added: text('added'),
  removed: text('removed').default('gone'),
  changed: text('changed').default('one'),
  number: integer('number').default(1),
  flag: boolean('flag').default(false),
  json: jsonb('json').default({ a: 1 }),
  at: timestamp('at'),
  required: text('required'),
  optional: text('optional').notNull(),
});
