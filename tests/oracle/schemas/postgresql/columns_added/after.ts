import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgEnum, pgTable, serial, text, timestamp, uuid } from 'drizzle-orm/pg-core';

export const role = pgEnum('role', ['user', 'admin']);
export const users = pgTable('users', {
  id: integer('id').primaryKey(),
  name: text('name'),
  email: text('email').unique(),
  role: role('role').default('user').notNull(),
  tags: text('tags').array().default([]).notNull(),
  data: jsonb('data'),
  key: uuid('key').defaultRandom().notNull(),
  serial: serial('serial'),
  number: integer('number').generatedAlwaysAsIdentity(),
  shout: text('shout').generatedAlwaysAs(sql`upper(name)`),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  parent: integer('parent'),
  active: boolean('active').notNull().default(true),
}, (t) => [index().on(t.role, t.createdAt.desc())]);
