import { integer, pgEnum, pgTable } from 'drizzle-orm/pg-core';

export const feeling = pgEnum('feeling', ['ok']);
export const other = pgEnum('other', ['x']);
export const uno = pgTable('uno', { id: integer('id').primaryKey() });
export const dos = pgTable('dos', { id: integer('id').primaryKey() });
export const two = pgTable('two', { id: integer('id').primaryKey(), b: integer('b'), mood: feeling('mood') });
