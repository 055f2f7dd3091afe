'use strict';
// Tables as Drizzle users see them: an object whose properties are its columns,
// everything else behind symbols.

const { entity } = require('./entity.js');
const { converters } = require('./casing.js');
const { inertInfo } = require('../inert.js');
const { origin } = require('../origin.js');

const TableName = Symbol.for('drizzle:Name');
const Schema = Symbol.for('drizzle:Schema');
const Columns = Symbol.for('drizzle:Columns');
const ExtraConfigColumns = Symbol.for('drizzle:ExtraConfigColumns');
const OriginalName = Symbol.for('drizzle:OriginalName');
const BaseName = Symbol.for('drizzle:BaseName');
const IsAlias = Symbol.for('drizzle:IsAlias');
const ExtraConfigBuilder = Symbol.for('drizzle:ExtraConfigBuilder');
const InlineForeignKeys = Symbol.for('drizzle:InlineForeignKeys');
const IsDrizzleTable = Symbol.for('drizzle:IsDrizzleTable');
const Origin = Symbol('tidemark:origin');

class Table {
  constructor(name, schema, baseName) {
    this[TableName] = name;
    this[OriginalName] = name;
    this[Schema] = schema;
    this[BaseName] = baseName;
    this[Columns] = undefined;
    this[InlineForeignKeys] = undefined;
    this[ExtraConfigBuilder] = undefined;
    this[Origin] = origin();
  }
  get [ExtraConfigColumns]() {
    return this[Columns];
  }
}
entity('Table', Table);
Table.prototype[IsAlias] = false;
Table.prototype[IsDrizzleTable] = true;
Table.Symbol = {
  Name: TableName,
  Schema,
  OriginalName,
  Columns,
  ExtraConfigColumns,
  BaseName,
  IsAlias,
  ExtraConfigBuilder,
  InlineForeignKeys,
};

// Builds the columns of `table` from their builders and makes them its properties.
// `casing` is the table's own, as Drizzle 1 has it.
function addColumns(table, builders, casing) {
  const convert = converters[casing];
  const columns = {};
  const references = [];
  for (const key of Object.keys(builders)) {
    const builder = builders[key];
    if (inertInfo(builder)) {
      columns[key] = table[key] = builder; // the serializer reports it
      continue;
    }
    builder.setName(key, convert);
    const column = builder.build(table);
    builder.isBuilt = true;
    columns[key] = column;
    table[key] = column;
    if (builder.foreignKeyConfigs === undefined) continue;
    for (const { ref, actions } of builder.foreignKeyConfigs)
      references.push({ column, ref, actions, origin: column.origin });
  }
  table[Columns] = columns;
  table[InlineForeignKeys] = references;
}

function isTable(table) {
  return typeof table === 'object' && table !== null && IsDrizzleTable in table;
}

function getTableName(table) {
  return table[TableName];
}

function getTableUniqueName(table) {
  return `${table[Schema] ?? 'public'}.${table[TableName]}`;
}

function getTableColumns(table) {
  return table[Columns];
}

module.exports = {
  Table,
  TableName,
  Schema,
  Columns,
  ExtraConfigColumns,
  OriginalName,
  BaseName,
  IsAlias,
  ExtraConfigBuilder,
  InlineForeignKeys,
  Origin,
  addColumns,
  isTable,
  getTableName,
  getTableUniqueName,
  getTableColumns,
};
