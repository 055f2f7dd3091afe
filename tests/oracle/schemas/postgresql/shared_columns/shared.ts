import { integer, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const id = { id: uuid('id').primaryKey().defaultRandom() };
export const timestamps = {
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow().$onUpdate(() => new Date()),
};
export const softDelete = { deletedAt: timestamp() };
export const money = (name: string) => integer(name).notNull().default(0);
