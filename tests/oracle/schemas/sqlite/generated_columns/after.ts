import { sql, type SQL } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const people = sqliteTable('people', {
  id: integer('id').primaryKey(),
  first: text('first').notNull(),
  last: text('last').notNull(),
  full: text('full').generatedAlwaysAs((): SQL => sql`${people.first} || ' ' || ${people.last}`, { mode: 'virtual' }),
  stored: text('stored').generatedAlwaysAs((): SQL => sql`upper(${people.last})`, { mode: 'stored' }),
  text: text('text').generatedAlwaysAs('lower(first)'),
  initial: text('initial').generatedAlwaysAs((): SQL => sql`substr(${people.first}, 1, 1)`),
}, (t) => [index('people_full').on(t.full)]);
