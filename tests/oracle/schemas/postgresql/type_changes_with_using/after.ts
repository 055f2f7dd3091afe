import { boolean, integer, jsonb, pgTable } from 'drizzle-orm/pg-core';

export const cast = pgTable('cast', {
  id: integer('id').primaryKey(),
  number: integer('number').default(2),
  json: jsonb('json'),
  flag: boolean('flag'),
});
