import { boolean, integer, numeric, pgEnum, pgTable, primaryKey, serial, text, timestamp, uuid, varchar } from 'drizzle-orm/pg-core';
export const status = pgEnum('order_status', ['open', 'paid', 'sent']);
export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  email: varchar('email', { length: 255 }).notNull().unique(),
  name: text('name'),
  age: integer('age'),
  createdAt: timestamp('created_at').defaultNow().notNull(),
});
export const products = pgTable('products', {
  id: uuid('id').primaryKey().defaultRandom(),
  title: text('title').notNull(),
  price: numeric('price', { precision: 10, scale: 3 }).notNull(),
  active: boolean('active').default(true),
});
export const orders = pgTable('orders', {
  id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
  user: integer('user_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  status: status('status').default('open').notNull(),
  note: text('note'),
});
export const items = pgTable('order_items', {
  order: integer('order_id').notNull().references(() => orders.id),
  product: uuid('product_id').notNull().references(() => products.id),
  count: integer('count').notNull(),
}, (t) => [primaryKey({ columns: [t.order, t.product] })]);
export const events = pgTable('events', { kind: text('kind').notNull(), payload: text('payload'), source: varchar('source', { length: 20 }) });
