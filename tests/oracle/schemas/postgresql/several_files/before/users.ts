import { relations } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { role } from './enums';
import { teams } from './teams';

export const users = pgTable('users', {
  id: integer('id').primaryKey(),
  teamId: integer('team_id').references(() => teams.id),
  role: role('role'),
});
export const usersRelations = relations(users, ({ one }) => ({ team: one(teams, { fields: [users.teamId], references: [teams.id] }) }));
export type User = typeof users.$inferSelect;
