import { bigint, integer, pgSchema, pgTable, smallint, text } from 'drizzle-orm/pg-core';

export const always = pgTable('always', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  name: text('name'),
});
export const byDefault = pgTable('by_default', {
  id: bigint('id', { mode: 'number' }).generatedByDefaultAsIdentity(),
  other: smallint('other').generatedAlwaysAsIdentity(),
});
export const tuned = pgTable('tuned', {
  id: integer('id').generatedAlwaysAsIdentity({
    name: 'tuned_numbers', startWith: 1000, increment: 10, minValue: 1000, maxValue: 2000, cache: 5, cycle: true,
  }),
});
export const plain = pgTable('plain', { id: integer('id').notNull() });
export const app = pgSchema('app');
export const inSchema = app.table('in_schema', { id: integer('id').primaryKey().generatedAlwaysAsIdentity() });
