import { sql } from "drizzle-orm";
import { check, index, numeric, pgTable, text, type AnyPgColumn, uuid } from "drizzle-orm/pg-core";
import { identifier, timestamps } from "../../database/columns";

export const categories = pgTable("categories", {
  ...identifier,
  parentId: uuid().references((): AnyPgColumn => categories.id, { onDelete: "set null" }),
  title: text().notNull(),
});

export const products = pgTable(
  "products",
  {
    ...identifier,
    categoryId: uuid().references(() => categories.id),
    sku: text().notNull().unique(),
    title: text().notNull(),
    price: numeric({ precision: 10, scale: 2 }).notNull(),
    tags: text().array().notNull().default([]),
    ...timestamps,
  },
  (t) => [index().on(t.categoryId), check("products_price_positive", sql`${t.price} >= 0`)],
);
