'use strict';

const { entity } = require('../entity.js');
const { Table, ExtraConfigBuilder, addColumns } = require('../table.js');
const { getPgColumnBuilders } = require('./columns/index.js');

const EnableRLS = Symbol.for('drizzle:EnableRLS');

class PgTable extends Table {}
entity('PgTable', PgTable);
PgTable.prototype[EnableRLS] = false;
PgTable.Symbol = { ...Table.Symbol, EnableRLS };

function pgTableWithSchema(name, columns, extraConfig, schema, baseName = name) {
  const table = new PgTable(name, schema, baseName);
  addColumns(table, typeof columns === 'function' ? columns(getPgColumnBuilders()) : columns);
  if (extraConfig) table[ExtraConfigBuilder] = extraConfig;
  table.enableRLS = () => {
    table[EnableRLS] = true;
    return table;
  };
  return table;
}

function pgTable(name, columns, extraConfig) {
  return pgTableWithSchema(name, columns, extraConfig, undefined);
}
pgTable.withRLS = (name, columns, extraConfig) => pgTable(name, columns, extraConfig).enableRLS();

function pgTableCreator(customizeTableName) {
  return (name, columns, extraConfig) =>
    pgTableWithSchema(customizeTableName(name), columns, extraConfig, undefined, name);
}

module.exports = { EnableRLS, PgTable, pgTable, pgTableCreator, pgTableWithSchema };
