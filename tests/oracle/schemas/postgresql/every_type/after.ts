import { integer, pgTable, text } from 'drizzle-orm/pg-core';
export { mood, numbers, shapes, texts, times } from './before';

export const notes = pgTable('notes', { id: integer('id').primaryKey(), body: text('body') });
