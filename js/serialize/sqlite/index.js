'use strict';
// Exports → snapshot of version 6, for SQLite and libSQL.

const { TableName } = require('../../drizzle-orm/table.js');
const { SQLiteTable } = require('../../drizzle-orm/sqlite-core/table.js');
const { SQLiteView } = require('../../drizzle-orm/sqlite-core/view.js');
const { tableKey } = require('../context.js');
const { serializeTables } = require('../tables.js');
const { serializeTable } = require('./table.js');
const { serializeViews } = require('./views.js');

function snapshotOf(context, exported) {
  const tables = exported.of(SQLiteTable);
  for (const table of tables) context.tableKeys.add(tableKey(table));
  const internal = { indexes: {} };
  const keyOf = (table) => table[TableName];
  return {
    version: '6',
    dialect: 'sqlite',
    tables: serializeTables(context, tables, keyOf, (inner, table, key) =>
      serializeTable(inner, table, key, internal)
    ),
    views: serializeViews(context, exported.of(SQLiteView)),
    enums: {},
    _meta: { schemas: {}, tables: {}, columns: {} },
    internal,
  };
}

module.exports = { snapshotOf, TableClass: SQLiteTable };
