import { pgTable, text, type PgColumn } from 'drizzle-orm/pg-core';
import type { Foo } from "./foo";
import * as all from './all';
export * from './other'; export { a as b, type C } from './c';

export const users = pgTable('users', {
  id: text('id').primaryKey().$type<Record<string, Foo[]>>(),
  kind: text('kind', { enum: ['a', 'b'] as const }).notNull(),
  made: text().default(sql<string>`now() + ${all.x as any}`),
}, (t): PgColumn[] => [index('x').on(t.id!)]);
export type User = typeof users.$inferSelect & { x?: 1 }
export default users satisfies unknown;
