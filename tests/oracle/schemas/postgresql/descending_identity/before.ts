import { bigint, integer, pgTable, smallint } from 'drizzle-orm/pg-core';

export const down = pgTable('down', {
  small: smallint('small').generatedAlwaysAsIdentity({ increment: -1 }),
  int: integer('int').generatedAlwaysAsIdentity({ increment: -1 }),
  big: bigint('big', { mode: 'number' }).generatedAlwaysAsIdentity({ increment: -2 }),
});
