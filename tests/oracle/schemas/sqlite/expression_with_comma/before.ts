// Drizzle Kit splits an index expression at its comma.
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const docs = sqliteTable('docs', { id: integer('id').primaryKey(), a: text('a'), b: text('b') }, (t) => [index('docs_coalesce').on(sql`coalesce(${t.a}, ${t.b})`)]);
