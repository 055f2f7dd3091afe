import { drizzle } from "drizzle-orm/node-postgres";
import { products } from "../domains/catalog/catalog.schema";
import { users } from "../domains/users/users.schema";
import { databaseUrl } from "./environment";

const db = drizzle(databaseUrl());

await db.insert(users).values([
  { email: "ada@example.com", role: "admin" },
  { email: "grace@example.com" },
]);
await db.insert(products).values([{ sku: "TEA-1", title: "Green tea", price: "4.50" }]);
await db.$client.end();
