import { integer, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';

export const kind = pgEnum('kind', ['a', 'b']);
export const other = pgEnum('other', ['a', 'b', 'c']);
export const things = pgTable('things', {
  id: integer('id').primaryKey(),
  kind: kind('kind'),
  word: text('word'),
  swap: kind('swap'),
});
