'use strict';
// Row-level security: policies of tables, policies linked to tables, roles.

const { SQL } = require('../../drizzle-orm/sql/sql.js');
const { TableName, Schema } = require('../../drizzle-orm/table.js');
const { PgRole } = require('../../drizzle-orm/pg-core/objects.js');
const { tableKey } = require('../context.js');
const { get, put } = require('../maps.js');
const { Mistake } = require('../mistake.js');

function serializePolicy(context, policy) {
  return {
    name: policy.name,
    as: policy.as?.toUpperCase() ?? 'PERMISSIVE',
    for: policy.for?.toUpperCase() ?? 'ALL',
    to: roleNames(policy.to).sort(),
    using: policy.using instanceof SQL ? context.sql.qualified(policy.using) : undefined,
    withCheck:
      policy.withCheck instanceof SQL ? context.sql.qualified(policy.withCheck) : undefined,
  };
}

function roleNames(to) {
  if (!to) return ['public'];
  const names = [];
  for (const role of Array.isArray(to) ? to : [to]) {
    if (typeof role === 'string') names.push(role);
    else if (role instanceof PgRole) names.push(role.name);
  }
  return names;
}

// Policies made with .link() belong into their table's snapshot if the schema has
// that table, else they stand on their own. One without a link is left out.
function serializeLinkedPolicies(context, policies, tables) {
  const result = {};
  for (const policy of policies) {
    const table = policy._linkedTable;
    if (!table) continue;
    const key = tableKey(table);
    try {
      const own = get(tables, key)?.policies;
      if (get(own ?? {}, policy.name) || get(result, policy.name)) throw duplicate(policy, key);
      context.checkName(policy.name, `a policy of '${key}'`);
      put(
        own ?? result,
        policy.name,
        own ? serializePolicy(context, policy) : standingAlone(context, policy, table)
      );
      if (own) context.origins.add('policies', policy.origin, key, policy.name);
    } catch (error) {
      context.problems.caught(error, context.originOf(policy), `policy '${String(policy.name)}'`);
    }
  }
  return result;
}

function standingAlone(context, policy, table) {
  const schema = table[Schema] ?? 'public';
  return {
    ...serializePolicy(context, policy),
    schema,
    on: `"${schema}"."${table[TableName]}"`,
  };
}

function duplicate(policy, key) {
  return new Mistake(
    `policy '${policy.name}' is declared twice for '${key}'`,
    'rename one of them'
  );
}

function serializeRoles(context, roles) {
  const result = {};
  for (const role of roles) {
    if (role._existing) continue;
    const { name } = role;
    try {
      context.checkName(name, 'a role');
      put(result, name, {
        name,
        createDb: role.createDb ?? false,
        createRole: role.createRole ?? false,
        inherit: role.inherit ?? true,
      });
      context.origins.add('roles', context.originOf(role), name);
    } catch (error) {
      context.problems.caught(error, context.originOf(role), `role '${String(name)}'`);
    }
  }
  return result;
}

module.exports = { serializePolicy, serializeLinkedPolicies, serializeRoles };
