import { index, integer, pgEnum, pgTable, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';

export const tag = pgEnum('tag', ['a', 'b']);
export const lists = pgTable('lists', {
  texts: text('texts').array(),
  sized: integer('sized').array(3),
  matrix: integer('matrix').array(2).array(3),
  varchars: varchar('varchars', { length: 10 }).array().notNull(),
  ids: uuid('ids').array().default([]),
  tags: tag('tags').array().notNull().default(['a']),
  stamps: timestamp('stamps', { withTimezone: true }).array(),
  dropped: text('dropped').notNull().default('x').array(),
}, (t) => [index().using('gin', t.texts)]);
