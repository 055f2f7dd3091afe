import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';

export const quoted = pgTable('say "hi"', {
  id: integer('i"d').primaryKey(),
  name: text("it's").notNull(),
  tick: text('back`tick'),
  more: text('mo"re'),
}, (t) => [index('an "index"').on(t.name)]);
