import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const both = sqliteTable('both', { a: integer('a'), b: text('b'), c: text('c') }, (t) => [primaryKey({ columns: [t.a, t.b] })]);
export const named = sqliteTable('named', { a: integer('a'), b: text('b') }, (t) => ({ pk: primaryKey({ columns: [t.a, t.b], name: 'named_key' }) }));
export const single = sqliteTable('single', { a: integer('a'), b: text('b') }, (t) => [primaryKey({ columns: [t.a] })]);
export const textual = sqliteTable('textual', { a: text('a').primaryKey() });
export const oldForm = sqliteTable('old_form', { a: integer('a'), b: integer('b') }, (t) => ({ pk: primaryKey(t.a, t.b) }));
