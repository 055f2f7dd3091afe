'use strict';

const { entity } = require('../entity.js');
const { Table, ExtraConfigBuilder, addColumns } = require('../table.js');
const { getSQLiteColumnBuilders } = require('./columns/index.js');

class SQLiteTable extends Table {}
entity('SQLiteTable', SQLiteTable);
SQLiteTable.Symbol = Table.Symbol;

function makeTable(name, columns, extraConfig, baseName = name) {
  const table = new SQLiteTable(name, undefined, baseName);
  addColumns(table, typeof columns === 'function' ? columns(getSQLiteColumnBuilders()) : columns);
  if (extraConfig) table[ExtraConfigBuilder] = extraConfig;
  return table;
}

function sqliteTable(name, columns, extraConfig) {
  return makeTable(name, columns, extraConfig);
}

function sqliteTableCreator(customizeTableName) {
  return (name, columns, extraConfig) =>
    makeTable(customizeTableName(name), columns, extraConfig, name);
}

module.exports = { SQLiteTable, sqliteTable, sqliteTableCreator };
