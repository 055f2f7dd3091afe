import { sql } from 'drizzle-orm';
import { integer, pgSchema, pgSequence, pgTable } from 'drizzle-orm/pg-core';

export const plain = pgSequence('plain');
export const tuned = pgSequence('tuned', { startWith: 100, minValue: 100, maxValue: 10000, cycle: true, cache: 10, increment: 2 });
export const down = pgSequence('down', { increment: -1 });
export const app = pgSchema('app');
export const inSchema = app.sequence('in_schema', { startWith: 5 });
export const rows = pgTable('rows', { id: integer('id').default(sql`nextval('plain')`).primaryKey() });
