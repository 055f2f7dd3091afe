import { sql, type SQL } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';

export const people = pgTable('people', {
  id: integer('id').primaryKey(),
  first: text('first').notNull(),
  last: text('last').notNull(),
  full: text('full').generatedAlwaysAs((): SQL => sql`${people.last} || ', ' || ${people.first}`),
  upper: text('upper').generatedAlwaysAs(sql`upper(first)`),
  length: integer('length').generatedAlwaysAs(sql`length("first")`).notNull(),
  gone: text('gone'),
});
