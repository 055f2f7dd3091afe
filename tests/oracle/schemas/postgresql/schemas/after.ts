import { index, integer, pgSchema, pgTable, text, unique } from 'drizzle-orm/pg-core';

export const auth = pgSchema('auth');
export const billing = pgSchema('billing');
export const audit = pgSchema('audit');
export const users = auth.table('users', {
  id: integer('id').primaryKey(),
  name: text('name').unique(),
  email: text('email').notNull(),
}, (t) => [index().on(t.email), unique().on(t.name, t.email)]);
export const invoices = billing.table('invoices', {
  id: integer('id').primaryKey(),
  userId: integer('user_id').references(() => users.id, { onDelete: 'cascade' }),
});
export const plain = pgTable('plain', { userId: integer('user_id').references(() => users.id) });
export const log = audit.table('log', { id: integer('id').primaryKey(), invoice: integer('invoice').references(() => invoices.id) });
