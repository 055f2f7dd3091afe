import { integer, pgTableCreator, text } from 'drizzle-orm/pg-core';

const table = pgTableCreator((name) => `shop_${name}`);
export const products = table('products', { id: integer('id').primaryKey(), name: text('name').unique() });
export const prices = table('prices', { productId: integer('product_id').references(() => products.id), amount: integer('amount') });
