// Packages that only decorate a schema: validation, identifiers, environment.
import { createInsertSchema, createSelectSchema } from 'drizzle-zod';
import { nanoid } from 'nanoid';
import { createId } from '@paralleldrive/cuid2';
import { z } from 'zod';
import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

export const posts = pgTable('posts', {
  id: text('id').primaryKey().$defaultFn(() => nanoid()),
  slug: text('slug').notNull().$defaultFn(createId),
  title: text('title').notNull(),
  views: integer('views').notNull().default(0),
  at: timestamp('at').defaultNow(),
});
export const insertPost = createInsertSchema(posts, { title: (schema: any) => schema.min(1).max(200) }).omit({ id: true });
export const selectPost = createSelectSchema(posts).extend({ author: z.object({ name: z.string() }) });
export type Post = z.infer<typeof selectPost>;
export class PostError extends Error { constructor(readonly code: string) { super(code); } }
export enum Visibility { Public = 'public', Hidden = 'hidden' }
