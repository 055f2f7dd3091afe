// Drizzle Kit stops with an exception at a bigint default.
import { bigint, integer, numeric, pgTable } from 'drizzle-orm/pg-core';

export const counters = pgTable('counters', {
  id: integer('id').primaryKey(),
  small: bigint('small', { mode: 'bigint' }).default(0n),
  large: bigint('large', { mode: 'bigint' }).default(9223372036854775807n),
  digits: numeric('digits', { mode: 'bigint' }).default(123456789012345678901234567890n),
});
