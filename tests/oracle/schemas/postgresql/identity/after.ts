import { bigint, integer, pgSchema, pgTable, smallint, text } from 'drizzle-orm/pg-core';

export const always = pgTable('always', {
  id: integer('id').primaryKey().generatedByDefaultAsIdentity(),
  name: text('name'),
});
export const byDefault = pgTable('by_default', {
  id: bigint('id', { mode: 'number' }).notNull(),
  other: smallint('other').generatedAlwaysAsIdentity(),
});
export const tuned = pgTable('tuned', {
  id: integer('id').generatedAlwaysAsIdentity({
    name: 'tuned_numbers', startWith: 1000, increment: 5, minValue: 1, maxValue: 3000, cache: 1, cycle: false,
  }),
});
export const plain = pgTable('plain', { id: integer('id').notNull().generatedAlwaysAsIdentity() });
export const app = pgSchema('app');
export const inSchema = app.table('in_schema', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  second: integer('second').generatedByDefaultAsIdentity({ startWith: 7 }),
});
