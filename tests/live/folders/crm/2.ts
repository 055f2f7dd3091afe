import { bigint, bigserial, char, date, doublePrecision, index, inet, interval, json, jsonb, pgTable, real, smallint, text, time, timestamp, unique, varchar } from 'drizzle-orm/pg-core';
export const accounts = pgTable('accounts', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  name: varchar('name', { length: 80 }).notNull(),
  meta: jsonb('meta'),
  score: doublePrecision('score'),
  founded: date('founded'),
});
export const contacts = pgTable('contacts', {
  id: text('id').primaryKey(),
  account: bigint('account_id', { mode: 'number' }).references(() => accounts.id, { onDelete: 'set null' }),
  phone: char('phone', { length: 12 }),
  lastSeen: text('last_seen'),
  opens: time('opens'),
  rank: smallint('rank').default(0),
}, (t) => [unique('one_phone').on(t.account, t.phone), index('by_rank').on(t.rank)]);
export const log = pgTable('activity_log', {
  contact: text('contact').references(() => contacts.id),
  took: interval('took'),
  at: timestamp('at', { withTimezone: true, precision: 3 }),
});
