// Drizzle Kit stops with an exception at a bigint default.
import { integer, numeric, sqliteTable } from 'drizzle-orm/sqlite-core';

export const counters = sqliteTable('counters', {
  id: integer('id').primaryKey(),
  small: numeric('small', { mode: 'bigint' }).default(0n),
  large: numeric('large', { mode: 'bigint' }).default(9223372036854775807n),
});
