import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const accounts = sqliteTable('user_accounts', { user_id: integer().primaryKey(), first_name: text().unique() }, (t) => [index('by_name').on(t.first_name)]);
