import { boolean, integer, jsonb, pgTable, text, varchar } from 'drizzle-orm/pg-core';

export const cast = pgTable('cast', {
  id: integer('id').primaryKey(),
  number: text('number').default('1'),
  json: text('json'),
  flag: varchar('flag', { length: 5 }),
});
