'use strict';
// What `import … from 'drizzle-orm'` finds. Only the half that describes a schema
// is real; what queries a database at run time absorbs any use.

const entities = require('./entity.js');
const table = require('./table.js');
const column = require('./column.js');
const { inertExports } = require('../inert.js');

module.exports = {
  entityKind: entities.entityKind,
  hasOwnEntityKind: entities.hasOwnEntityKind,
  is: entities.is,
  ...require('./sql/index.js'),
  ...require('./relations.js'),
  ...require('./alias.js'),
  Column: column.Column,
  ColumnBuilder: column.ColumnBuilder,
  Table: table.Table,
  BaseName: table.BaseName,
  Columns: table.Columns,
  ExtraConfigBuilder: table.ExtraConfigBuilder,
  ExtraConfigColumns: table.ExtraConfigColumns,
  IsAlias: table.IsAlias,
  OriginalName: table.OriginalName,
  Schema: table.Schema,
  getTableColumns: table.getTableColumns,
  getColumns: table.getTableColumns,
  getTableName: table.getTableName,
  getTableUniqueName: table.getTableUniqueName,
  isTable: table.isTable,
  getColumnNameAndConfig: column.nameAndConfig,
  getViewSelectedFields: (view) => view[module.exports.ViewBaseConfig].selectedFields,
  DrizzleError: class DrizzleError extends Error {},
  TransactionRollbackError: class TransactionRollbackError extends Error {},
  applyMixins() {},
};
delete module.exports.concat; // belongs to the dialects
delete module.exports.substring;

inertExports(
  module.exports,
  'ColumnAliasProxyHandler RelationTableAliasProxyHandler TableAliasProxyHandler ' +
    'aliasedRelation DrizzleQueryError ConsoleLogWriter DefaultLogger NoopLogger QueryPromise ' +
    'FakePrimitiveParam getTableLikeName haveSameKeys isConfig mapResultRow mapUpdateSet ' +
    'orderSelectedFields textDecoder',
  'drizzle-orm'
);
