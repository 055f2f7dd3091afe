// Values in conditions: Drizzle Kit leaves "?", which SQLite refuses.
import { eq, gt, inArray, sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const orders = sqliteTable('orders', {
  id: integer('id').primaryKey(),
  total: integer('total').notNull(),
  status: text('status'),
  paid: integer('paid', { mode: 'boolean' }),
}, (t) => [
  check('positive', gt(t.total, 0)),
  check('known', inArray(t.status, ['new', "it's paid"])),
  index('paid_orders').on(t.total).where(eq(t.paid, true)),
  index('label').on(sql`coalesce(${t.status}, ${'none'})`),
]);
