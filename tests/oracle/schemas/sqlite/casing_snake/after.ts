import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
export { memberships, userAccounts } from './before';

export const newThing = sqliteTable('newThing', { thingId: integer().primaryKey(), someText: text() });
