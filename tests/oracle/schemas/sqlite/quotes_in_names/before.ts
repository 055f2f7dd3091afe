// Drizzle Kit does not escape quotes inside names.
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const quoted = sqliteTable('back`tick', { id: integer('i`d').primaryKey(), name: text("it's"), double: text('dou"ble') }, (t) => [index('an `index`').on(t.name)]);
