import { relations, sql } from "drizzle-orm";
import { boolean, check, index, integer, jsonb, pgEnum, pgTable, serial, text, timestamp, varchar } from "drizzle-orm/pg-core";
import { createInsertSchema } from "drizzle-zod";
import { z } from "zod";

export const visibility = pgEnum("visibility", ["private", "shared", "public"]);

export const users = pgTable("users", {
  id: serial("id").primaryKey(),
  username: varchar("username", { length: 64 }).notNull().unique(),
  email: text("email").notNull(),
  settings: jsonb("settings").$type<{ theme: "light" | "dark" }>().default({ theme: "light" }),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

export const notes = pgTable(
  "notes",
  {
    id: serial("id").primaryKey(),
    authorId: integer("author_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    title: text("title").notNull(),
    body: text("body").notNull().default(""),
    pinned: boolean("pinned").notNull().default(false),
    visibility: visibility("visibility").notNull().default("private"),
    updatedAt: timestamp("updated_at", { withTimezone: true }).$onUpdate(() => new Date()),
  },
  (table) => [
    index("notes_author_idx").on(table.authorId, table.updatedAt.desc()),
    check("notes_title_not_empty", sql`length(${table.title}) > 0`),
  ],
);

export const usersRelations = relations(users, ({ many }) => ({ notes: many(notes) }));
export const notesRelations = relations(notes, ({ one }) => ({
  author: one(users, { fields: [notes.authorId], references: [users.id] }),
}));

export const insertNote = createInsertSchema(notes, { title: z.string().min(1) }).omit({ id: true });
export type InsertNote = z.infer<typeof insertNote>;
export type User = typeof users.$inferSelect;
