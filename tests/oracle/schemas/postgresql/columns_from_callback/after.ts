import { pgTable } from 'drizzle-orm/pg-core';

export const users = pgTable('users', (t) => ({
  id: t.serial().primaryKey(),
  name: t.varchar({ length: 80 }).notNull(),
  born: t.date().notNull(),
  score: t.doublePrecision().default(2),
  seen: t.timestamp({ withTimezone: true }).defaultNow(),
}));
