import { relations, sql } from 'drizzle-orm';
import {
  bigint, bigserial, boolean, date, doublePrecision, integer, interval, json, jsonb, numeric, pgEnum, pgTable,
  point, primaryKey, real, serial, smallint, text, time, timestamp, uuid, varchar,
} from 'drizzle-orm/pg-core';

export const mood = pgEnum('mood', ['sad', 'ok', 'happy']);

export const users = pgTable('users', {
  id: serial('id').primaryKey(),
  name: varchar('name', { length: 80 }).notNull(),
  email: text('email').notNull().unique(),
  active: boolean('active').notNull().default(true),
  mood: mood('mood').default('ok'),
  settings: jsonb('settings').$type<Record<string, unknown>>(),
  tags: text('tags').array(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().default(sql`'2024-01-01T00:00:00Z'`),
});

export const posts = pgTable('posts', {
  id: serial('id').primaryKey(),
  authorId: integer('author_id').notNull().references(() => users.id, { onDelete: 'cascade' }),
  title: text('title').notNull(),
  published: boolean('published').notNull().default(false),
  views: integer('views').notNull().default(0),
});

export const labels = pgTable('labels', { id: serial('id').primaryKey(), name: text('name').notNull().unique() });

export const postLabels = pgTable(
  'post_labels',
  {
    postId: integer('post_id').notNull().references(() => posts.id),
    labelId: integer('label_id').notNull().references(() => labels.id),
  },
  (table) => [primaryKey({ columns: [table.postId, table.labelId] })]
);

export const kinds = pgTable('kinds', {
  id: uuid('id').primaryKey(),
  small: smallint('small'),
  big: bigint('big', { mode: 'number' }),
  huge: bigint('huge', { mode: 'bigint' }),
  counter: bigserial('counter', { mode: 'number' }),
  price: numeric('price', { precision: 10, scale: 2 }),
  ratio: real('ratio'),
  exact: doublePrecision('exact'),
  day: date('day'),
  dayDate: date('day_date', { mode: 'date' }),
  clock: time('clock'),
  plain: timestamp('plain'),
  zoned: timestamp('zoned', { withTimezone: true }),
  zonedText: timestamp('zoned_text', { withTimezone: true, mode: 'string' }),
  span: interval('span'),
  place: point('place'),
  doc: json('doc'),
  docb: jsonb('docb'),
  numbers: integer('numbers').array(),
  moods: mood('moods').array(),
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
