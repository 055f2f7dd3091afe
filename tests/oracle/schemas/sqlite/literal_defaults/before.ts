// Defaults that Drizzle Kit writes as JSON text of another type, or not at all.
import { blob, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const literals = sqliteTable('literals', {
  id: integer('id').primaryKey(),
  seconds: integer('seconds', { mode: 'timestamp' }).default(new Date('2024-01-01T00:00:00Z')),
  milliseconds: integer('milliseconds', { mode: 'timestamp_ms' }).default(new Date('2024-01-01T00:00:00Z')),
  bytes: blob('bytes').default(Buffer.from('hi')),
  quote: text('quote', { mode: 'json' }).default({ say: "it's" }),
});
