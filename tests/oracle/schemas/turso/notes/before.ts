import { sql } from 'drizzle-orm';
import { customType, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

const vector = customType<{ data: number[]; config: { dimensions: number }; configRequired: true }>({ dataType: (config) => `F32_BLOB(${config.dimensions})` });
export const notes = sqliteTable('notes', {
  id: text('id').primaryKey().$defaultFn(() => crypto.randomUUID()),
  body: text('body').notNull(),
  embedding: vector('embedding', { dimensions: 3 }),
  createdAt: integer('created_at', { mode: 'timestamp' }).notNull().default(sql`(unixepoch())`),
}, (t) => [index('notes_created').on(t.createdAt)]);
export const tags = sqliteTable('tags', { noteId: text('note_id').notNull().references(() => notes.id, { onDelete: 'cascade' }), tag: text('tag').notNull() }, (t) => [primaryKey({ columns: [t.noteId, t.tag] })]);
