import { sql } from 'drizzle-orm';
import { integer, pgPolicy, pgRole, pgTable, text } from 'drizzle-orm/pg-core';

export const reader = pgRole('oracle_reader', { createDb: true });
export const writer = pgRole('oracle_writer', { createDb: true, createRole: true, inherit: false });
export const known = pgRole('postgres').existing();
export const docs = pgTable('docs', { id: integer('id').primaryKey(), owner: text('owner') }, (t) => [
  pgPolicy('all'),
  pgPolicy('read', { for: 'select', to: reader, using: sql`${t.owner} = session_user` }),
  pgPolicy('write', { as: 'restrictive', for: 'insert', to: [writer, 'public'], withCheck: sql`true` }),
]);
export const locked = pgTable('locked', { id: integer('id') });
export const linked = pgPolicy('linked', { for: 'delete', using: sql`false` }).link(locked);
