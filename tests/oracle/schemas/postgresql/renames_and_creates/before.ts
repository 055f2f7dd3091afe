import { integer, pgEnum, pgTable } from 'drizzle-orm/pg-core';

export const mood = pgEnum('mood', ['ok']);
export const one = pgTable('one', { id: integer('id').primaryKey() });
export const two = pgTable('two', { id: integer('id').primaryKey(), a: integer('a'), mood: mood('mood') });
