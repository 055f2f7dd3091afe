#include "engine/starter.h"

#include <fmt/format.h>

namespace tidemark {
namespace {

constexpr std::string_view postgres_schema =
    R"(import { boolean, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const users = pgTable("users", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
});

export const posts = pgTable("posts", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  authorId: integer("author_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  title: text("title").notNull(),
  published: boolean("published").notNull().default(false),
});
)";

constexpr std::string_view sqlite_schema =
    R"(import { sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const users = sqliteTable("users", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  createdAt: integer("created_at", { mode: "timestamp" })
    .notNull()
    .default(sql`(unixepoch())`),
});

export const posts = sqliteTable("posts", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  authorId: integer("author_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" }),
  title: text("title").notNull(),
  published: integer("published", { mode: "boolean" }).notNull().default(false),
});
)";

std::string_view dialect_name(Engine engine) {
  return engine == Engine::postgresql ? "postgresql" : engine == Engine::turso ? "turso" : "sqlite";
}

std::string_view credentials(Engine engine) {
  switch (engine) {
    case Engine::postgresql:
      return "{ url: process.env.DATABASE_URL! }";
    case Engine::turso:
      return "{\n    url: process.env.TURSO_DATABASE_URL!,\n"
             "    authToken: process.env.TURSO_AUTH_TOKEN,\n  }";
    case Engine::sqlite:
      break;
  }
  return "{ url: process.env.DATABASE_URL ?? \"file:local.db\" }";
}

}  // namespace

std::string starter_schema(Engine engine) {
  return std::string(engine == Engine::postgresql ? postgres_schema : sqlite_schema);
}

std::string starter_config(Engine engine, std::string_view schema, std::string_view out) {
  return fmt::format(
      "import {{ defineConfig }} from \"drizzle-kit\";\n"
      "\n"
      "export default defineConfig({{\n"
      "  dialect: \"{}\",\n"
      "  schema: \"./{}\",\n"
      "  out: \"./{}\",\n"
      "  dbCredentials: {},\n"
      "}});\n",
      dialect_name(engine), schema.starts_with("./") ? schema.substr(2) : schema,
      out.starts_with("./") ? out.substr(2) : out, credentials(engine));
}

}  // namespace tidemark
