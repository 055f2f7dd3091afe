import { foreignKey, integer, pgTable, primaryKey, text, unique, type AnyPgColumn } from 'drizzle-orm/pg-core';

export const users = pgTable('users', {
  id: integer('id').primaryKey(),
  invitedBy: integer('invited_by').references((): AnyPgColumn => users.id),
  managerId: integer('manager_id'),
}, (t) => [foreignKey({ columns: [t.managerId], foreignColumns: [t.id], name: 'manager' }).onDelete('set null')]);

export const cities = pgTable('cities', {
  country: text('country').notNull(),
  name: text('name').notNull(),
}, (t) => [primaryKey({ columns: [t.country, t.name] })]);

export const homes = pgTable('homes', {
  id: integer('id').primaryKey(),
  country: text('country'),
  city: text('city'),
  cascade: integer('cascade').references(() => users.id, { onDelete: 'cascade', onUpdate: 'cascade' }),
  restrict: integer('restrict').references(() => users.id, { onDelete: 'restrict', onUpdate: 'restrict' }),
  setNull: integer('set_null').references(() => users.id, { onDelete: 'set null', onUpdate: 'set null' }),
  setDefault: integer('set_default').default(1).references(() => users.id, { onDelete: 'set default', onUpdate: 'set default' }),
  noAction: integer('no_action').references(() => users.id, { onDelete: 'no action', onUpdate: 'no action' }),
}, (t) => [
  foreignKey({ columns: [t.country, t.city], foreignColumns: [cities.country, cities.name] }).onUpdate('cascade'),
]);
