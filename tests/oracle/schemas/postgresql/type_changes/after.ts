import { bigint, integer, numeric, pgTable, text, timestamp, varchar } from 'drizzle-orm/pg-core';

export const wide = pgTable('wide', {
  id: integer('id').primaryKey(),
  longer: varchar('longer', { length: 100 }),
  toText: text('to_text').default('y'),
  bigger: bigint('bigger', { mode: 'number' }).default(1),
  precise: numeric('precise', { precision: 12, scale: 4 }),
  zoned: timestamp('zoned', { withTimezone: true }),
  both: text('both').notNull().default('z'),
});
