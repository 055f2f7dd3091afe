// Values in conditions: Drizzle Kit leaves $1, which no server takes.
import { and, eq, gt, inArray, isNotNull, or, sql, type SQL } from 'drizzle-orm';
import { boolean, check, index, integer, pgPolicy, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

export const orders = pgTable('orders', {
  id: integer('id').primaryKey(),
  total: integer('total').notNull(),
  status: text('status').notNull(),
  paid: boolean('paid').notNull().default(false),
  at: timestamp('at'),
  label: text('label').generatedAlwaysAs((): SQL => sql`${orders.status} || ${': '} || ${orders.id}::text`),
}, (t) => [
  check('positive', gt(t.total, 0)),
  check('known', inArray(t.status, ['new', "it's paid"])),
  check('both', and(gt(t.id, 0), or(eq(t.paid, true), isNotNull(t.status)))!),
  check('limit', sql`${t.total} < ${1000}`),
  index('open_orders').on(t.at).where(eq(t.status, 'new')),
  pgPolicy('cheap', { using: sql`${t.total} < ${100}` }),
]);
