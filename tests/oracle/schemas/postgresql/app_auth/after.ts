import { boolean, index, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { user } from './before';
export { account, session, user } from './before';

export const verification = pgTable('verification', {
  id: text('id').primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: timestamp('expires_at').notNull(),
}, (table) => [index('verification_identifier_idx').on(table.identifier)]);
export const twoFactor = pgTable('two_factor', {
  id: text('id').primaryKey(),
  secret: text('secret').notNull(),
  enabled: boolean('enabled').default(false).notNull(),
  userId: text('user_id').notNull().references(() => user.id, { onDelete: 'cascade' }),
});
