import { sql } from 'drizzle-orm';
import { boolean, check, decimal, foreignKey, index, integer, jsonb, pgEnum, pgTable, primaryKey, serial, text, timestamp, uniqueIndex, uuid, varchar } from 'drizzle-orm/pg-core';

export const orderStatusEnum = pgEnum('order_status', ['pending', 'paid', 'packed', 'shipped', 'cancelled', 'returned']);
export const customers = pgTable('customers', {
  id: serial('id').primaryKey(),
  email: varchar('email', { length: 320 }).notNull(),
  name: text('name').notNull().default(''),
  address: jsonb('address').$type<{ street: string; city: string }>(),
  locale: varchar('locale', { length: 10 }).notNull().default('en'),
  createdAt: timestamp('created_at', { withTimezone: true }).defaultNow().notNull(),
}, (t) => ({ emailIdx: uniqueIndex('customers_email_idx').on(sql`lower(${t.email})`) }));
export const categories = pgTable('categories', { id: serial('id').primaryKey(), name: text('name').notNull(), parentId: integer('parent_id') }, (t) => [foreignKey({ columns: [t.parentId], foreignColumns: [t.id], name: 'categories_parent_fk' }).onDelete('cascade')]);
export const products = pgTable('products', {
  id: serial('id').primaryKey(),
  sku: varchar('sku', { length: 128 }).notNull().unique(),
  title: text('title').notNull(),
  price: decimal('price', { precision: 14, scale: 2 }).notNull(),
  stock: integer('stock').notNull().default(0),
  tags: text('tags').array().notNull().default(sql`ARRAY[]::text[]`),
  published: boolean('published').notNull().default(false),
}, (t) => ({ stock: check('stock_not_negative', sql`${t.stock} >= 0`), published: index('products_published_idx').on(t.published).where(sql`published`), title: index('products_title_idx').on(t.title) }));
export const productCategories = pgTable('product_categories', {
  productId: integer('product_id').notNull().references(() => products.id, { onDelete: 'cascade' }),
  categoryId: integer('category_id').notNull().references(() => categories.id, { onDelete: 'cascade' }),
}, (t) => ({ pk: primaryKey({ columns: [t.productId, t.categoryId] }) }));
export const orders = pgTable('orders', {
  id: serial('id').primaryKey(),
  customerId: integer('customer_id').references(() => customers.id, { onDelete: 'set null' }),
  status: orderStatusEnum('status').notNull().default('pending'),
  reference: uuid('reference').notNull().defaultRandom().unique(),
  placedAt: timestamp('placed_at', { withTimezone: true }).notNull().defaultNow(),
}, (t) => ({ byCustomer: index('orders_customer_idx').on(t.customerId, t.placedAt.desc()) }));
export const orderItems = pgTable('order_items', {
  orderId: integer('order_id').notNull().references(() => orders.id, { onDelete: 'cascade' }),
  productId: integer('product_id').notNull().references(() => products.id),
  quantity: integer('quantity').notNull().default(1),
  unitPrice: decimal('unit_price', { precision: 12, scale: 2 }).notNull(),
}, (t) => ({ pk: primaryKey({ name: 'order_items_pk', columns: [t.orderId, t.productId] }) }));
