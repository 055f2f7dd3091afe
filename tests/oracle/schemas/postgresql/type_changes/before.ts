import { bigint, integer, numeric, pgTable, text, timestamp, varchar } from 'drizzle-orm/pg-core';

export const wide = pgTable('wide', {
  id: integer('id').primaryKey(),
  longer: varchar('longer', { length: 10 }),
  toText: varchar('to_text', { length: 10 }).default('x'),
  bigger: integer('bigger').default(1),
  precise: numeric('precise', { precision: 10, scale: 2 }),
  zoned: timestamp('zoned'),
  both: varchar('both', { length: 5 }),
});
