import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { role } from './enums';
import { teams } from './teams';

export const users = pgTable('users', {
  id: integer('id').primaryKey(),
  teamId: integer('team_id').references(() => teams.id, { onDelete: 'cascade' }),
  role: role('role').notNull(),
});
