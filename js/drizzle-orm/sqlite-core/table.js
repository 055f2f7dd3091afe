'use strict';

const { entity } = require('../entity.js');
const { Table, ExtraConfigBuilder, addColumns } = require('../table.js');
const { getSQLiteColumnBuilders } = require('./columns/index.js');

class SQLiteTable extends Table {}
entity('SQLiteTable', SQLiteTable);
SQLiteTable.Symbol = Table.Symbol;

function makeTable(name, columns, extraConfig, casing, baseName = name) {
  const table = new SQLiteTable(name, undefined, baseName);
  const builders = typeof columns === 'function' ? columns(getSQLiteColumnBuilders()) : columns;
  addColumns(table, builders, casing);
  if (extraConfig) table[ExtraConfigBuilder] = extraConfig;
  return table;
}

function sqliteTableWithCasing(casing) {
  return (name, columns, extraConfig) => makeTable(name, columns, extraConfig, casing);
}
const sqliteTable = sqliteTableWithCasing(undefined);

function sqliteTableCreator(customizeTableName, casing) {
  return (name, columns, extraConfig) =>
    makeTable(customizeTableName(name), columns, extraConfig, casing, name);
}

module.exports = { SQLiteTable, sqliteTable, sqliteTableCreator, sqliteTableWithCasing };
