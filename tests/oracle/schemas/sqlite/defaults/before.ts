import { sql } from 'drizzle-orm';
import { blob, integer, numeric, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const defaults = sqliteTable('defaults', {
  id: integer('id').primaryKey(),
  text: text('text').default('plain'),
  quoted: text('quoted').default("it's"),
  empty: text('empty').default(''),
  unicode: text('unicode').default('日本 – é'),
  zero: integer('zero').default(0),
  negative: integer('negative').default(-1),
  real: real('real').default(1.25),
  numeric: numeric('numeric').default('10.5'),
  yes: integer('yes', { mode: 'boolean' }).default(true),
  no: integer('no', { mode: 'boolean' }).default(false),
  at: integer('at', { mode: 'timestamp' }).default(sql`(unixepoch())`),
  ms: integer('ms', { mode: 'timestamp_ms' }).defaultNow(),
  stamp: text('stamp').default(sql`CURRENT_TIMESTAMP`),
  expression: text('expression').default(sql`(lower(hex(randomblob(16))))`),
  object: text('object', { mode: 'json' }).default({ a: [1, 'x'], b: null }),
  list: text('list', { mode: 'json' }).$type<string[]>().default([]),
  runTime: text('run_time').$defaultFn(() => crypto.randomUUID()),
  update: integer('update', { mode: 'timestamp' }).$onUpdate(() => new Date()),
});
