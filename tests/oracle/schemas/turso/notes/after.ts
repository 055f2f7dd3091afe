import { sql } from 'drizzle-orm';
import { customType, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

const vector = customType<{ data: number[]; config: { dimensions: number }; configRequired: true }>({ dataType: (config) => `F32_BLOB(${config.dimensions})` });
export const notes = sqliteTable('notes', {
  id: text('id').primaryKey().$defaultFn(() => crypto.randomUUID()),
  title: text('title'),
  body: text('body').notNull(),
  embedding: vector('embedding', { dimensions: 3 }),
  archived: integer('archived', { mode: 'boolean' }).notNull().default(false),
  createdAt: integer('created_at', { mode: 'timestamp' }).notNull().default(sql`(unixepoch())`),
}, (t) => [index('notes_created').on(t.createdAt), index('notes_title').on(t.title)]);
export const tags = sqliteTable('tags', { noteId: text('note_id').notNull().references(() => notes.id, { onDelete: 'cascade' }), tag: text('tag').notNull() }, (t) => [primaryKey({ columns: [t.noteId, t.tag] })]);
export const links = sqliteTable('links', { from: text('from').references(() => notes.id), to: text('to').references(() => notes.id) });
