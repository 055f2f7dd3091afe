import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

export const both = pgTable('both', { a: integer('a'), b: text('b') }, (t) => ({ pk: primaryKey({ columns: [t.a, t.b] }) }));
export const named = pgTable('named', { a: integer('a'), b: text('b') }, (t) => [primaryKey({ name: 'named_key', columns: [t.b, t.a] })]);
export const single = pgTable('single', { a: integer('a') }, (t) => [primaryKey({ columns: [t.a] })]);
export const oldForm = pgTable('old_form', { a: integer('a'), b: integer('b') }, (t) => ({ pk: primaryKey(t.a, t.b) }));
export const none = pgTable('none', { a: integer('a').notNull(), b: integer('b').notNull() });
export const later = pgTable('later', { a: integer('a').notNull() });
