'use strict';
// What `import … from 'drizzle-orm/sqlite-core'` finds.

const expressions = require('../sql/expressions.js');
const { sql } = require('../sql/sql.js');
const { uniqueKeyName } = require('../column.js');
const { aliasedTable } = require('../alias.js');
const { inertExports } = require('../../inert.js');
const { lazyExports } = require('../lazy_exports.js');
const constraints = require('../constraints.js');

module.exports = {
  ...expressions,
  ...constraints,
  ...require('./columns/index.js'),
  ...require('./indexes.js'),
  ...require('./table.js'),
  ...require('./view.js'),
  ...require('./utils.js'),
  rowId: () => sql`rowid`,
  uniqueKeyName,
  alias: aliasedTable,
  Index: require('./indexes.js').IndexBuilder,
  PrimaryKey: constraints.PrimaryKeyBuilder,
  UniqueConstraint: constraints.UniqueConstraintBuilder,
  ForeignKey: constraints.ForeignKeyBuilder,
  Check: constraints.CheckBuilder,
  InlineForeignKeys: require('../table.js').InlineForeignKeys,
};

lazyExports(module.exports, () => require('../query_builder.js'), {
  QueryBuilder: 'SQLiteQueryBuilder',
  union: 'union',
  unionAll: 'unionAll',
  intersect: 'intersect',
  except: 'except',
});

inertExports(
  module.exports,
  'BaseSQLiteDatabase withReplicas SQLiteAsyncDialect SQLiteDialect SQLiteSyncDialect ' +
    'SQLiteDeleteBase SQLiteInsertBase SQLiteInsertBuilder SQLiteSelectBase SQLiteSelectBuilder ' +
    'SQLiteSelectQueryBuilderBase SQLiteUpdateBase ' +
    'SQLiteUpdateBuilder ExecuteResultSync SQLitePreparedQuery SQLiteSession SQLiteTransaction ' +
    'extractUsedTable',
  'drizzle-orm/sqlite-core'
);
