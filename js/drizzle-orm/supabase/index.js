'use strict';
// Roles and tables that Supabase provides; nothing here is created by migrations.

const {
  pgRole,
  pgSchema,
  bigserial,
  text,
  timestamp,
  uuid,
  varchar,
} = require('../pg-core/index.js');
const { sql } = require('../sql/sql.js');

const existing = (name) => pgRole(name).existing();
const moment = (name) => timestamp(name, { withTimezone: true });

module.exports = {
  anonRole: existing('anon'),
  authenticatedRole: existing('authenticated'),
  serviceRole: existing('service_role'),
  postgresRole: existing('postgres_role'),
  supabaseAuthAdminRole: existing('supabase_auth_admin'),
  authUsers: pgSchema('auth').table('users', {
    id: uuid().primaryKey().notNull(),
    email: varchar({ length: 255 }),
    phone: text().unique(),
    emailConfirmedAt: moment('email_confirmed_at'),
    phoneConfirmedAt: moment('phone_confirmed_at'),
    lastSignInAt: moment('last_sign_in_at'),
    createdAt: moment('created_at'),
    updatedAt: moment('updated_at'),
  }),
  realtimeMessages: pgSchema('realtime').table('messages', {
    id: bigserial({ mode: 'bigint' }).primaryKey(),
    topic: text().notNull(),
    extension: text({ enum: ['presence', 'broadcast', 'postgres_changes'] }).notNull(),
  }),
  authUid: sql`(select auth.uid())`,
  realtimeTopic: sql`realtime.topic()`,
};
