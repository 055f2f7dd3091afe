import { integer, sqliteTable } from 'drizzle-orm/sqlite-core';
export { all, unnamed } from './before';

export const other = sqliteTable('other', { id: integer('id').primaryKey() });
