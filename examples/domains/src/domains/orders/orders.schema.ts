import { integer, numeric, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { identifier, timestamps } from "../../database/columns";
import { products } from "../catalog/catalog.schema";
import { users } from "../users/users.schema";

export const orders = pgTable("orders", {
  ...identifier,
  userId: uuid()
    .notNull()
    .references(() => users.id),
  ...timestamps,
});

export const orderLines = pgTable(
  "order_lines",
  {
    orderId: uuid()
      .notNull()
      .references(() => orders.id, { onDelete: "cascade" }),
    productId: uuid()
      .notNull()
      .references(() => products.id),
    quantity: integer().notNull().default(1),
    unitPrice: numeric({ precision: 10, scale: 2 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.productId] })],
);
