import { pgTable } from 'drizzle-orm/pg-core';

export const users = pgTable('users', (t) => ({
  id: t.serial().primaryKey(),
  name: t.varchar({ length: 50 }).notNull(),
  born: t.date(),
  score: t.doublePrecision().default(1.5),
}));
