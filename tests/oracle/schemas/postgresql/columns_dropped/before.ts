import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';

export const parents = pgTable('parents', { id: integer('id').primaryKey() });
export const rows = pgTable('rows', {
  id: integer('id').primaryKey(),
  keep: text('keep'),
  plain: text('plain'),
  indexed: text('indexed'),
  uniqued: text('uniqued').unique(),
  parent: integer('parent').references(() => parents.id),
}, (t) => [index('rows_indexed').on(t.indexed)]);
