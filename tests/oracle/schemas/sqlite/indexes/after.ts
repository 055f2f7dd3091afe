import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, unique, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const docs = sqliteTable('docs', {
  id: integer('id').primaryKey(),
  title: text('title').notNull(),
  body: text('body'),
  slug: text('slug').unique('docs_slug'),
  active: integer('active', { mode: 'boolean' }),
}, (t) => [
  index('docs_title').on(t.title),
  index('docs_two').on(t.active, t.title),
  index('docs_unique').on(t.title),
  index('docs_lower').on(sql`lower(${t.title})`),
  index('docs_new').on(t.body),
  uniqueIndex('docs_mixed').on(t.id, sql`upper(${t.title})`),
  unique().on(t.title, t.body),
  unique('named').on(t.body, t.title),
]);
