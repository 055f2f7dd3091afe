import { integer, sqliteTableCreator, text } from 'drizzle-orm/sqlite-core';

const table = sqliteTableCreator((name) => `shop_${name}`);
export const products = table('products', { id: integer('id').primaryKey(), name: text('name').unique() });
export const prices = table('prices', { productId: integer('product_id').references(() => products.id), amount: integer('amount') });
