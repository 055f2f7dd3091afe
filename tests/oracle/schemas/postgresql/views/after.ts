import { sql } from 'drizzle-orm';
import { boolean, integer, pgEnum, pgMaterializedView, pgSchema, pgTable, pgView, text } from 'drizzle-orm/pg-core';

export const kind = pgEnum('kind', ['a', 'b']);
export const users = pgTable('users', { id: integer('id').primaryKey(), name: text('name').notNull(), active: boolean('active'), kind: kind('kind') });
export const activeUsers = pgView('active_users', { id: integer('id'), name: text('name'), kind: kind('kind') }).as(sql`select id, name, kind from ${users} where ${users.active}`);
export const options = pgView('with_options', { id: integer('id') }).with({ checkOption: 'cascaded', securityBarrier: true }).as(sql`select id from users`);
export const existing = pgView('elsewhere', { id: integer('id') }).existing();
export const stored = pgMaterializedView('stored', { id: integer('id').notNull() }).withNoData().as(sql`select id from users`);
export const app = pgSchema('app');
export const inSchema = app.view('in_schema', { n: text('n').default("it's") }).as(sql`select name as n from ${users}`);
export const summary = pgTable('names', { name: text('name') });
export const counted = pgMaterializedView('counted').as((qb) => qb.select({ name: users.name }).from(users));
