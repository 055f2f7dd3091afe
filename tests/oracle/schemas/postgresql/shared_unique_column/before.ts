// One builder in two tables: Drizzle Kit names both constraints after the first.
import { integer, pgTable, text } from 'drizzle-orm/pg-core';

const slug = { slug: text('slug').notNull().unique() };
export const posts = pgTable('posts', { id: integer('id').primaryKey(), ...slug });
export const pages = pgTable('pages', { id: integer('id').primaryKey(), ...slug });
