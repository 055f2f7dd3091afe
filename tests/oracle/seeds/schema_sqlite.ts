import { relations, sql } from 'drizzle-orm';
import { blob, integer, numeric, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', {
  id: integer('id').primaryKey({ autoIncrement: true }),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  active: integer('active', { mode: 'boolean' }).notNull().default(true),
  settings: text('settings', { mode: 'json' }).$type<Record<string, unknown>>(),
  createdAt: integer('created_at', { mode: 'timestamp' }).notNull().default(sql`1704067200`),
});

export const posts = sqliteTable('posts', {
  id: integer('id').primaryKey(),
  authorId: integer('author_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  title: text('title').notNull(),
  views: integer('views').notNull().default(0),
});

export const labels = sqliteTable('labels', { id: integer('id').primaryKey(), name: text('name').notNull().unique() });

export const postLabels = sqliteTable(
  'post_labels',
  {
    postId: integer('post_id').notNull().references(() => posts.id),
    labelId: integer('label_id').notNull().references(() => labels.id),
  },
  (table) => [primaryKey({ columns: [table.postId, table.labelId] })]
);

export const kinds = sqliteTable('kinds', {
  id: text('id').primaryKey(),
  whole: integer('whole'),
  at: integer('at', { mode: 'timestamp_ms' }),
  flag: integer('flag', { mode: 'boolean' }),
  ratio: real('ratio'),
  price: numeric('price'),
  bytes: blob('bytes', { mode: 'buffer' }),
  doc: blob('doc', { mode: 'json' }),
  huge: blob('huge', { mode: 'bigint' }),
  level: text('level', { enum: ['low', 'high'] }),
});

export const usersRelations = relations(users, ({ many }) => ({ posts: many(posts) }));
export const postsRelations = relations(posts, ({ one, many }) => ({
  author: one(users, { fields: [posts.authorId], references: [users.id] }),
  labels: many(postLabels),
}));
export const postLabelsRelations = relations(postLabels, ({ one }) => ({
  post: one(posts, { fields: [postLabels.postId], references: [posts.id] }),
  label: one(labels, { fields: [postLabels.labelId], references: [labels.id] }),
}));
