import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { users } from './users';

export const teams = pgTable('teams', {
  id: integer('id').primaryKey(),
  name: text('name'),
  ownerId: integer('owner_id').references((): any => users.id),
});
