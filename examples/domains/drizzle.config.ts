import { defineConfig } from "drizzle-kit";
import { databaseUrl } from "./src/database/environment";

export default defineConfig({
  dialect: "postgresql",
  schema: "./src/domains/*/*.schema.ts",
  out: "./src/database/drizzle",
  dbCredentials: { url: databaseUrl() },
  casing: "snake_case",
  verbose: true,
  strict: true,
});
