import { sql } from 'drizzle-orm';
import { integer, pgPolicy, pgRole, pgTable, text } from 'drizzle-orm/pg-core';

export const role = pgRole('oracle_gone');
export const docs = pgTable('docs', { id: integer('id').primaryKey(), owner: text('owner') }, (t) => [
  pgPolicy('own', { to: [role, 'public'], using: sql`${t.owner} = current_user` }),
]).enableRLS();
export const gone = pgTable('gone', { id: integer('id').primaryKey() });
