import { blob, int, integer, numeric, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const all = sqliteTable('all', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  int: int('int'),
  number: integer('number', { mode: 'number' }),
  boolean: integer('boolean', { mode: 'boolean' }),
  seconds: integer('seconds', { mode: 'timestamp' }),
  milliseconds: integer('milliseconds', { mode: 'timestamp_ms' }),
  text: text('text'),
  textLength: text('text_length', { length: 40 }),
  textEnum: text('text_enum', { enum: ['a', 'b'] }),
  textJson: text('text_json', { mode: 'json' }).$type<string[]>(),
  blob: blob('blob'),
  blobBuffer: blob('blob_buffer', { mode: 'buffer' }),
  blobJson: blob('blob_json', { mode: 'json' }),
  blobBigint: blob('blob_bigint', { mode: 'bigint' }),
  real: real('real'),
  numeric: numeric('numeric'),
  numericNumber: numeric('numeric_number', { mode: 'number' }),
  numericBigint: numeric('numeric_bigint', { mode: 'bigint' }),
});
export const unnamed = sqliteTable('unnamed', {
  id: integer().primaryKey(), flag: integer({ mode: 'boolean' }), at: integer({ mode: 'timestamp' }),
  name: text(), json: text({ mode: 'json' }), data: blob({ mode: 'buffer' }), amount: real(), price: numeric(),
});
