import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';

export const docs = pgTable('docs', {
  id: integer('id').primaryKey(),
  title: text('title').notNull(),
  body: text('body'),
  tags: text('tags').array(),
  data: jsonb('data'),
  active: boolean('active').notNull().default(true),
  at: timestamp('at'),
}, (t) => [
  index().on(t.title),
  index('docs_two').on(t.title, t.at),
  uniqueIndex('docs_unique').on(t.title),
  index('docs_desc').on(t.at.desc()),
  index('docs_desc_first').on(t.at.desc().nullsFirst()),
  index('docs_desc_last').on(t.at.desc().nullsLast()),
  index('docs_asc_first').on(t.at.asc().nullsFirst(), t.title.asc()),
  index('docs_hash').using('hash', t.title),
  index('docs_gin').using('gin', t.tags),
  index('docs_gin_op').using('gin', t.data.op('jsonb_path_ops')),
  index('docs_op').on(t.title.op('text_pattern_ops')),
  index('docs_op_two').on(t.title.op('text_pattern_ops'), t.at),
  index('docs_partial').on(t.title).where(sql`${t.active} and ${t.body} is not null`),
  index('docs_lower').on(sql`lower(${t.title})`),
  index('docs_mixed').on(t.id, sql`coalesce(${t.body}, '')`, t.at.desc()),
  index('docs_search').using('gin', sql`to_tsvector('english', ${t.title})`),
  index('docs_brin').using('brin', t.at).with({ pages_per_range: 32 }),
  index('docs_fill').on(t.body).with({ fillfactor: '70' }),
  uniqueIndex('docs_partial_unique').on(sql`lower(${t.title})`).where(sql`${t.active} = true`),
]);
