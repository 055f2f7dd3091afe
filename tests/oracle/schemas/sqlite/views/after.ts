import { eq, gt, sql } from 'drizzle-orm';
import { integer, sqliteTable, sqliteView, text } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', { id: integer('id').primaryKey(), name: text('name').notNull(), active: integer('active', { mode: 'boolean' }) });
export const manual = sqliteView('manual', { id: integer('id'), name: text('name').default('x') }).as(sql`select id, name from ${users} where ${users.id} > 2`);
export const existing = sqliteView('elsewhere', { id: integer('id') }).existing();
export const queried = sqliteView('queried').as((qb) => qb.select({ id: users.id, upper: sql<string>`upper(${users.name})`.as('upper') }).from(users).where(eq(users.active, true)));
export const fresh = sqliteView('fresh').as((qb) => qb.select().from(users).where(gt(users.id, 5)));
