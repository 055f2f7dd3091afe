import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const weird = sqliteTable('Weird Table', {
  id: integer('ID').primaryKey(), spaced: text('with space'), dotted: text('with.dot'), unicode: text('größe'), japanese: text('名前'), keyword: text('select'),
}, (t) => [index('Weird Index').on(t.spaced)]);
export const order = sqliteTable('order', { group: integer('group').references(() => weird.id), '2': text('2'), '1': text('1') });
