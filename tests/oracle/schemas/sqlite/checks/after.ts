import { sql } from 'drizzle-orm';
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const items = sqliteTable('items', { id: integer('id').primaryKey(), price: integer('price'), name: text('name') }, (t) => [
  check('positive', sql`${t.price} >= 0`),
  check('added', sql`${t.id} < 1000`),
]);
