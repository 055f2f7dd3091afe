import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
export { defaults } from './before';

export const added = sqliteTable('added', { id: integer('id').primaryKey(), flag: integer('flag', { mode: 'boolean' }).notNull().default(false), json: text('json', { mode: 'json' }).default({}) });
