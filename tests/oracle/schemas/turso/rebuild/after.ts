import { sql } from 'drizzle-orm';
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const rows = sqliteTable('rows', { id: integer('id').primaryKey({ autoIncrement: true }), a: text('a'), b: integer('b') }, (t) => [check('b_check', sql`${t.b} > 1`)]);
