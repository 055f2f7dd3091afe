import { integer, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';
import { things as before } from './before';

export { level } from './before';
export const things = before;
export const others = pgTable('others', { thingId: integer().references(() => things.id), note: text() });
