import { sql } from 'drizzle-orm';
import { foreignKey, pgPolicy, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { anonRole, authenticatedRole, authUid, authUsers, serviceRole } from 'drizzle-orm/supabase';

export const profiles = pgTable('profiles', {
  id: uuid('id').primaryKey().references(() => authUsers.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  bio: text('bio'),
}, (t) => [
  pgPolicy('everyone can read', { for: 'select', to: [anonRole, authenticatedRole], using: sql`true` }),
  pgPolicy('own profile', { for: 'update', to: authenticatedRole, using: sql`${authUid} = ${t.id}`, withCheck: sql`${authUid} = ${t.id}` }),
  pgPolicy('own insert', { for: 'insert', to: authenticatedRole, withCheck: sql`${authUid} = ${t.id}` }),
  pgPolicy('service', { for: 'all', to: serviceRole }),
]);
