import { timestamp, uuid } from "drizzle-orm/pg-core";

export const identifier = { id: uuid().defaultRandom().primaryKey() };

export const timestamps = {
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp({ withTimezone: true })
    .notNull()
    .defaultNow()
    .$onUpdate(() => new Date()),
};
