import { integer, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';

export const other = pgEnum('other', ['a', 'b', 'c']);
export const things = pgTable('things', {
  id: integer('id').primaryKey(),
  kind: text('kind'),
  word: other('word'),
  swap: other('swap'),
});
