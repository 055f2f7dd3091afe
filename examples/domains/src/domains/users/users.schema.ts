import { pgEnum, pgTable, text } from "drizzle-orm/pg-core";
import { identifier, timestamps } from "../../database/columns";

export enum Role {
  Member = "member",
  Admin = "admin",
}

export const userRole = pgEnum("user_role", Object.values(Role) as [Role, ...Role[]]);

export const users = pgTable("users", {
  ...identifier,
  email: text().notNull().unique(),
  fullName: text(),
  role: userRole().notNull().default(Role.Member),
  ...timestamps,
});
