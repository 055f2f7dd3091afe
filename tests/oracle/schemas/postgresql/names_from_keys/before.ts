import { bigint, boolean, char, date, integer, numeric, pgEnum, pgTable, text, time, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';

export const level = pgEnum('level', ['low', 'high']);

export const things = pgTable('things', {
  id: integer().primaryKey(),
  firstName: text(),
  email_address: varchar({ length: 255 }).notNull(),
  code: char({ length: 3 }),
  total: numeric({ precision: 8, scale: 2 }),
  count: bigint({ mode: 'number' }),
  when: timestamp({ withTimezone: true, precision: 3 }),
  day: date({ mode: 'date' }),
  hour: time({ precision: 2 }),
  active: boolean(),
  token: uuid(),
  level: level(),
  levels: level().array(),
});
