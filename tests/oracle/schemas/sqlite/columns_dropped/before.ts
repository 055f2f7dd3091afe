import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const rows = sqliteTable('rows', { id: integer('id').primaryKey(), keep: text('keep'), plain: text('plain'), indexed: text('indexed'), uniqued: text('uniqued').unique() }, (t) => [index('rows_indexed').on(t.indexed)]);
