import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text, timestamp, unique, uniqueIndex } from 'drizzle-orm/pg-core';

export const userAccounts = pgTable('userAccounts', {
  userId: integer().primaryKey(),
  firstName: text().notNull(),
  lastName: text(),
  HTTPServer2ID: text().unique(),
  explicit: text('explicitName'),
  createdAt: timestamp().defaultNow(),
  managerId: integer(),
}, (t) => [
  index().on(t.firstName, t.createdAt),
  uniqueIndex('named').on(t.explicit),
  unique().on(t.firstName, t.managerId),
  check('nameCheck', sql`${t.firstName} <> ''`),
  index('expression').on(sql`lower(${t.lastName})`).where(sql`${t.createdAt} is not null`),
  foreignKey({ columns: [t.managerId], foreignColumns: [t.userId] }),
]);
export const memberships = pgTable('memberships', {
  accountId: integer().references(() => userAccounts.userId),
  groupName: text(),
  isAdmin: integer().notNull().default(0),
}, (t) => [primaryKey({ columns: [t.accountId, t.groupName] })]);
