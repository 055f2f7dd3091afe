// Drizzle Kit does not escape quotes inside names.
import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';

export const quoted = pgTable('say "hi"', {
  id: integer('i"d').primaryKey(),
  name: text("it's"),
  tick: text('back`tick'),
}, (t) => [index('an "index"').on(t.name)]);
