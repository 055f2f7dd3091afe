import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text, unique } from 'drizzle-orm/sqlite-core';

export const userAccounts = sqliteTable('userAccounts', {
  userId: integer().primaryKey({ autoIncrement: true }),
  firstName: text().notNull().unique(),
  explicit: text('explicitName'),
  managerId: integer(),
  shout: text().generatedAlwaysAs(() => sql`upper(${userAccounts.firstName})`),
}, (t) => [
  index('byName').on(t.firstName, t.explicit),
  unique().on(t.firstName, t.managerId),
  check('named', sql`${t.firstName} <> ''`),
  index('lower').on(sql`lower(${t.firstName})`),
  foreignKey({ columns: [t.managerId], foreignColumns: [t.userId] }),
]);
export const memberships = sqliteTable('memberships', { accountId: integer().references(() => userAccounts.userId), groupName: text() }, (t) => [primaryKey({ columns: [t.accountId, t.groupName] })]);
