import { sql, relations } from 'drizzle-orm';
import {
  pgTable, pgEnum, pgSchema, integer, text, serial, uuid, timestamp, varchar, boolean, jsonb,
  numeric, index, uniqueIndex, unique, primaryKey, foreignKey, check, type AnyPgColumn,
} from 'drizzle-orm/pg-core';

export const role = pgEnum('role', ['admin', 'user']);
export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  email: varchar('email', { length: 255 }).notNull().unique(),
  name: text('name').default("it's"),
  role: role('role').notNull().default('user'),
  manager: integer('manager').references((): AnyPgColumn => users.id, { onDelete: 'set null' }),
  meta: jsonb('meta').$type<{ a: number }>().default({ a: 1 }),
  tags: text('tags').array().default(['a', 'b']),
  createdAt: timestamp('created_at', { withTimezone: true }).defaultNow().notNull(),
  price: numeric('price', { precision: 10, scale: 2 }).default('1.50'),
  uid: uuid().defaultRandom(),
  active: boolean().default(true),
}, (t) => [
  index('users_name_idx').on(t.name.desc().nullsFirst(), t.role),
  uniqueIndex().on(t.createdAt),
  index('lower_idx').on(sql`lower(${t.email})`).where(sql`${t.active}`),
  check('age_check', sql`${t.id} > 0`),
  unique('n').on(t.name, t.role).nullsNotDistinct(),
]);
export const auth = pgSchema('auth');
export const sessions = auth.table('sessions', {
  userId: integer('user_id').notNull().references(() => users.id),
  token: text('token').notNull(),
}, (t) => ({ pk: primaryKey({ columns: [t.userId, t.token] }), fk: foreignKey({ columns: [t.userId], foreignColumns: [users.id], name: 'custom_fk' }).onDelete('cascade') }));
export const usersRelations = relations(users, ({ many }) => ({ sessions: many(sessions) }));
