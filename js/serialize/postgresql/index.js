'use strict';
// Exports → snapshot of version 7.

const { Schema } = require('../../drizzle-orm/table.js');
const { isPgEnum } = require('../../drizzle-orm/entity.js');
const { PgTable } = require('../../drizzle-orm/pg-core/table.js');
const { PgSchema } = require('../../drizzle-orm/pg-core/schema.js');
const { PgSequence, PgRole, PgPolicy } = require('../../drizzle-orm/pg-core/objects.js');
const { PgView, PgMaterializedView } = require('../../drizzle-orm/pg-core/view.js');
const { tableKey } = require('../context.js');
const { put } = require('../maps.js');
const { serializeTables } = require('../tables.js');
const { serializeEnums } = require('./enums.js');
const { serializeLinkedPolicies, serializeRoles } = require('./policies.js');
const { serializeSequences } = require('./sequences.js');
const { serializeTable } = require('./table.js');
const { serializeViews } = require('./views.js');

const KINDS = {
  tables: PgTable,
  schemas: PgSchema,
  views: PgView,
  materializedViews: PgMaterializedView,
  sequences: PgSequence,
  roles: PgRole,
  policies: PgPolicy,
};

// `exported.of(type)` lists the exported instances of a class.
function snapshotOf(context, exported) {
  const objects = { enums: exported.where(isPgEnum) };
  for (const kind of Object.keys(KINDS)) objects[kind] = exported.of(KINDS[kind]);
  for (const table of objects.tables) {
    context.tableKeys.add(tableKey(table));
  }

  const tables = serializeTables(context, objects.tables, tableKey, serializeTable);
  const policies = serializeLinkedPolicies(context, objects.policies, tables);
  return {
    version: '7',
    dialect: 'postgresql',
    tables,
    enums: serializeEnums(context, objects.enums),
    schemas: serializeSchemas(context, objects.schemas),
    sequences: serializeSequences(context, objects.sequences),
    roles: serializeRoles(context, objects.roles),
    policies,
    views: serializeViews(context, [...objects.views, ...objects.materializedViews]),
    _meta: { columns: {}, schemas: {}, tables: {} },
  };
}

function serializeSchemas(context, schemas) {
  const result = {};
  for (const schema of schemas) {
    const name = schema.schemaName;
    try {
      context.checkName(name, 'a schema');
      put(result, name, name);
      context.origins.add('schemas', context.originOf(schema), name);
    } catch (error) {
      context.problems.caught(error, context.originOf(schema), 'a schema');
    }
  }
  return result;
}

module.exports = { snapshotOf, TableClass: PgTable };
