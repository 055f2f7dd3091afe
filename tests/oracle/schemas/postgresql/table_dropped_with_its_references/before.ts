// Drizzle Kit drops the table with CASCADE and then a constraint that is gone.
import { integer, pgTable, text } from 'drizzle-orm/pg-core';

export const teams = pgTable('teams', { id: integer('id').primaryKey(), name: text('name') });
export const users = pgTable('users', { id: integer('id').primaryKey(), teamId: integer('team_id').references(() => teams.id) });
