import { integer, pgEnum, pgTable } from 'drizzle-orm/pg-core';

export const status = pgEnum('status', ['draft', 'open', 'closed']);
export const tickets = pgTable('tickets', {
  id: integer('id').primaryKey(),
  status: status('status').notNull(),
});
export const archive = pgTable('archive', { status: status('status') });
