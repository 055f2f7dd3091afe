import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { id, money, softDelete, timestamps } from './shared';

const base = { ...id, ...timestamps };
export const invoices = pgTable('invoices', { ...base, total: money('total'), ...softDelete }, (t) => [index().on(t.createdAt)]);
export const payments = pgTable('payments', { ...base, amount: money('amount'), note: text('note') });
