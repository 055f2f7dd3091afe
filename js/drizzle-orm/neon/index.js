'use strict';
// Roles, policies and tables of Neon's row-level security.

const {
  PgRole,
  pgPolicy,
  pgRole,
  pgSchema,
  jsonb,
  text,
  timestamp,
} = require('../pg-core/index.js');
const { sql } = require('../sql/sql.js');

const moment = (name) => timestamp(name, { withTimezone: true, mode: 'string' });

function condition(allowed) {
  if (allowed === true) return sql`true`;
  if (allowed === false) return sql`false`;
  return allowed === null ? undefined : allowed;
}

function crudPolicy({ role, read: readable, modify: modifiable }) {
  if (readable === undefined) throw new Error('crudPolicy requires a read policy');
  if (modifiable === undefined) throw new Error('crudPolicy requires a modify policy');
  const nameOf = (one) => (one instanceof PgRole ? one.name : one);
  const roles = Array.isArray(role) ? role.map(nameOf).join('-') : nameOf(role);
  const policy = (operation, clauses) =>
    pgPolicy(`crud-${roles}-policy-${operation}`, { for: operation, to: role, ...clauses });
  const read = condition(readable);
  const modify = condition(modifiable);
  return [
    read && policy('select', { using: read }),
    modify && policy('insert', { withCheck: modify }),
    modify && policy('update', { using: modify, withCheck: modify }),
    modify && policy('delete', { using: modify }),
  ].filter(Boolean);
}

module.exports = {
  crudPolicy,
  authenticatedRole: pgRole('authenticated').existing(),
  anonymousRole: pgRole('anonymous').existing(),
  authUid: (userId) => sql`(select auth.user_id() = ${userId})`,
  usersSync: pgSchema('neon_auth').table('users_sync', {
    rawJson: jsonb('raw_json').notNull(),
    id: text().primaryKey().notNull(),
    name: text(),
    email: text(),
    createdAt: moment('created_at'),
    deletedAt: moment('deleted_at'),
    updatedAt: moment('updated_at'),
  }),
};
