import { createInsertSchema } from 'drizzle-zod';
import { integer, pgEnum, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { Visibility } from './before';

export const visibility = pgEnum('visibility', Object.values(Visibility) as [string, ...string[]]);
export const posts = pgTable('posts', {
  id: text('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  title: text('title').notNull(),
  views: integer('views').notNull().default(0),
  visibility: visibility('visibility').notNull().default(Visibility.Public),
  at: timestamp('at').defaultNow(),
});
export const insertPost = createInsertSchema(posts);
