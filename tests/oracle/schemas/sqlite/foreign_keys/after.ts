import { foreignKey, integer, primaryKey, sqliteTable, text, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', {
  id: integer('id').primaryKey(),
  invitedBy: integer('invited_by').references((): AnySQLiteColumn => users.id, { onDelete: 'set null' }),
});
export const cities = sqliteTable('cities', { country: text('country'), name: text('name') }, (t) => [primaryKey({ columns: [t.country, t.name] })]);
export const homes = sqliteTable('homes', {
  id: integer('id').primaryKey(),
  country: text('country'),
  city: text('city'),
  owner: integer('owner').notNull().references(() => users.id, { onDelete: 'restrict', onUpdate: 'cascade' }),
  guest: integer('guest').references(() => users.id, { onDelete: 'restrict' }),
  agent: integer('agent').default(1),
}, (t) => [foreignKey({ columns: [t.country, t.city], foreignColumns: [cities.country, cities.name], name: 'home_city' }).onDelete('cascade')]);
