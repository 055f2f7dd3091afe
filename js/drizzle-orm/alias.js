'use strict';
// The same table or column under another name.

const { Column } = require('./column.js');
const { Table, TableName, OriginalName, Columns, IsAlias } = require('./table.js');
const { SQL, View, ViewBaseConfig, sql } = require('./sql/sql.js');

// `column` as a column of `table`.
function columnOf(column, table) {
  return Object.create(column, { table: { value: table, enumerable: true } });
}

function aliasedTable(table, alias) {
  if (table instanceof View) return aliasedView(table, alias);
  const aliased = Object.create(Object.getPrototypeOf(table));
  Object.assign(aliased, table);
  aliased[TableName] = alias;
  aliased[OriginalName] = table[OriginalName];
  aliased[IsAlias] = true;
  const columns = {};
  for (const key of Object.keys(table[Columns] ?? {}))
    aliased[key] = columns[key] = columnOf(table[Columns][key], aliased);
  aliased[Columns] = columns;
  return aliased;
}

function aliasedView(view, alias) {
  const config = view[ViewBaseConfig];
  const aliased = Object.create(view);
  const selectedFields = {};
  for (const key of Object.keys(config.selectedFields)) {
    const field = config.selectedFields[key];
    selectedFields[key] = field instanceof Column ? columnOf(field, aliased) : field;
    aliased[key] = selectedFields[key];
  }
  aliased[TableName] = alias;
  aliased[IsAlias] = true;
  aliased[ViewBaseConfig] = { ...config, name: alias, isAlias: true, selectedFields };
  return aliased;
}

function aliasedTableColumn(column, alias) {
  return columnOf(column, aliasedTable(column.table, alias));
}

function mapColumnsInSQLToAlias(query, alias) {
  const moved = (chunk) => {
    if (chunk instanceof Column) return aliasedTableColumn(chunk, alias);
    if (chunk instanceof SQL) return mapColumnsInSQLToAlias(chunk, alias);
    if (chunk instanceof SQL.Aliased) return mapColumnsInAliasedSQLToAlias(chunk, alias);
    return chunk;
  };
  return sql.join(query.queryChunks.map(moved));
}

function mapColumnsInAliasedSQLToAlias(query, alias) {
  return new SQL.Aliased(mapColumnsInSQLToAlias(query.sql, alias), query.fieldAlias);
}

module.exports = {
  Table,
  columnOf,
  alias: aliasedTable,
  aliasedTable,
  aliasedTableColumn,
  mapColumnsInSQLToAlias,
  mapColumnsInAliasedSQLToAlias,
};
