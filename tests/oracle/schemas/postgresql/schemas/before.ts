import { integer, pgSchema, pgTable, text } from 'drizzle-orm/pg-core';

export const auth = pgSchema('auth');
export const billing = pgSchema('billing');
export const users = auth.table('users', { id: integer('id').primaryKey(), name: text('name').unique() });
export const invoices = billing.table('invoices', {
  id: integer('id').primaryKey(),
  userId: integer('user_id').references(() => users.id, { onDelete: 'cascade' }),
});
export const plain = pgTable('plain', { userId: integer('user_id').references(() => users.id) });
