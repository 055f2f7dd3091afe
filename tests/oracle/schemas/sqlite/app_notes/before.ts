import { relations, sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('user', {
  id: text('id').primaryKey().$defaultFn(() => crypto.randomUUID()),
  name: text('name'),
  email: text('email').notNull().unique(),
  emailVerified: integer('emailVerified', { mode: 'timestamp_ms' }),
});
export const accounts = sqliteTable('account', {
  userId: text('userId').notNull().references(() => users.id, { onDelete: 'cascade' }),
  provider: text('provider').notNull(),
  providerAccountId: text('providerAccountId').notNull(),
  expires_at: integer('expires_at'),
}, (account) => [primaryKey({ columns: [account.provider, account.providerAccountId] })]);
export const notes = sqliteTable('note', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  ownerId: text('owner_id').references(() => users.id, { onDelete: 'set null' }),
  title: text('title', { length: 256 }).notNull(),
  body: text('body').notNull().default(''),
  pinned: integer('pinned', { mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at', { mode: 'timestamp' }).notNull().default(sql`(strftime('%s', 'now'))`),
}, (t) => [index('note_owner_idx').on(t.ownerId), uniqueIndex('note_title_idx').on(t.ownerId, t.title)]);
export const notesRelations = relations(notes, ({ one }) => ({ owner: one(users, { fields: [notes.ownerId], references: [users.id] }) }));
