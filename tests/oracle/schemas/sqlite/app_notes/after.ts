import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { users } from './before';
export { accounts, users } from './before';

export const notes = sqliteTable('note', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  ownerId: text('owner_id').references(() => users.id, { onDelete: 'set null' }),
  title: text('title', { length: 256 }).notNull(),
  body: text('body').notNull().default(''),
  pinned: integer('pinned', { mode: 'boolean' }).notNull().default(false),
  archivedAt: integer('archived_at', { mode: 'timestamp' }),
  createdAt: integer('created_at', { mode: 'timestamp' }).notNull().default(sql`(strftime('%s', 'now'))`),
}, (t) => [index('note_owner_idx').on(t.ownerId), uniqueIndex('note_title_idx').on(t.ownerId, t.title), index('note_archived_idx').on(t.archivedAt)]);
export const tags = sqliteTable('tag', { id: integer('id').primaryKey(), name: text('name').notNull().unique() });
export const noteTags = sqliteTable('note_tag', {
  noteId: integer('note_id').notNull().references(() => notes.id, { onDelete: 'cascade' }),
  tagId: integer('tag_id').notNull().references(() => tags.id, { onDelete: 'cascade' }),
}, (t) => [primaryKey({ columns: [t.noteId, t.tagId] })]);
