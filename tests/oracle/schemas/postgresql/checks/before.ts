import { sql } from 'drizzle-orm';
import { check, integer, pgSchema, pgTable, text } from 'drizzle-orm/pg-core';

export const items = pgTable('items', {
  id: integer('id').primaryKey(),
  price: integer('price').notNull(),
  name: text('name'),
}, (t) => ({
  positive: check('positive', sql`${t.price} > 0`),
  named: check('named', sql`length(${t.name}) > 1 or ${t.name} is null`),
  raw: check('raw', sql.raw('price <> 13')),
}));
export const app = pgSchema('app');
export const inSchema = app.table('in_schema', { n: integer('n') }, (t) => [check('n_check', sql`${t.n} between 1 and 9`)]);
