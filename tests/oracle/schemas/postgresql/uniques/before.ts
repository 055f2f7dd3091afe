import { integer, pgTable, text, unique } from 'drizzle-orm/pg-core';

export const accounts = pgTable('accounts', {
  id: integer('id').primaryKey(),
  email: text('email').unique(),
  handle: text('handle').unique('handle_key'),
  phone: text('phone').unique('phone_key', { nulls: 'not distinct' }),
  first: text('first'),
  last: text('last'),
  dropped: text('dropped').unique(),
}, (t) => [unique().on(t.first, t.last), unique('named').on(t.last, t.id), unique('nulls').on(t.first).nullsNotDistinct()]);
