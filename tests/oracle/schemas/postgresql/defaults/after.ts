import { sql } from 'drizzle-orm';
import { boolean, integer, jsonb, pgEnum, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { defaults as before } from './before';
export { state } from './before';

export const defaults = before;
export const more = pgTable('more', {
  text: text('text').default('x').notNull(),
  flag: boolean('flag').default(false).notNull(),
  count: integer('count').default(0).notNull(),
  data: jsonb('data').default({ nested: { deep: [] } }).notNull(),
  at: timestamp('at').default(sql`now() + interval '1 day'`),
});
