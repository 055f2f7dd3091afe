import { index, integer, pgEnum, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';

export const mood = pgEnum('Mood of Day', ['Very Happy', 'so-so', 'sad']);
export const weird = pgTable('Weird Table', {
  id: integer('ID').primaryKey(),
  spaced: text('with space').notNull(),
  dashed: text('with-dash').default('-'),
  dotted: text('with.dot'),
  unicode: text('größe'),
  japanese: text('名前'),
  emoji: text('🎉'),
  keyword: text('select'),
  number: text('1st'),
  mood: mood('mood'),
  more: text('drop table'),
}, (t) => [index('Weird Index').on(t.dashed), unique('größe_key').on(t.unicode, t.japanese)]);
export const order = pgTable('order', { user: integer('user').references(() => weird.id), table: text('table') }, (t) => [primaryKey({ columns: [t.user, t.table] })]);
export const numeric_keys = pgTable('numeric_keys', { b: text('b'), '2': text('2'), '1': text('1'), a: text('a') });
