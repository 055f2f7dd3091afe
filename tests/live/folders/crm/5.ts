import { integer, bigint, bigserial, char, date, doublePrecision, index, inet, interval, json, jsonb, pgTable, real, smallint, text, time, timestamp, unique, varchar } from 'drizzle-orm/pg-core';
export const accounts = pgTable('accounts', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  name: varchar('name', { length: 80 }).notNull(),
  meta: jsonb('meta'),
  score: integer('score'),
  founded: date('founded'),
});
export const contacts = pgTable('people', {
  id: text('id').primaryKey(), owner: text('owner').default('nobody').notNull(),
  account: bigint('account_id', { mode: 'number' }).references(() => accounts.id, { onDelete: 'set null' }),
  phone: char('phone', { length: 12 }),
  lastSeen: text('last_seen'),
  rank: integer('rank').default(5).notNull(),
}, (t) => [index('by_rank').on(t.rank)]);
