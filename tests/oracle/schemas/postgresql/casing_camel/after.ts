import { index, integer, pgSchema, text, varchar } from 'drizzle-orm/pg-core';

export const app_data = pgSchema('app_data');
export const user_accounts = app_data.table('user_accounts', {
  user_id: integer().primaryKey(),
  first_name: text().notNull().unique(),
  last_name: text(),
  kept_name: varchar('kept_name', { length: 9 }),
}, (t) => [index().on(t.first_name, t.last_name)]);
export const links = app_data.table('links', { from_user: integer().references(() => user_accounts.user_id) });
