'use strict';
// What `import … from 'drizzle-orm/sqlite-core'` finds.

const { sql } = require('../sql/sql.js');
const { inertExports } = require('../../inert.js');
const { lazyExports } = require('../lazy_exports.js');

module.exports = {
  ...require('../core.js'),
  ...require('./columns/index.js'),
  ...require('./casing.js'),
  ...require('./table.js'),
  ...require('./view.js'),
  ...require('./utils.js'),
  rowId: () => sql`rowid`,
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
    'SQLiteDeleteBase SQLiteInsertBase SQLiteInsertBuilder SQLiteSelectBase ' +
    'SQLiteSelectBuilder SQLiteSelectQueryBuilderBase SQLiteUpdateBase ' +
    'SQLiteUpdateBuilder ExecuteResultSync SQLitePreparedQuery SQLiteSession ' +
    'SQLiteTransaction extractUsedTable',
  'drizzle-orm/sqlite-core'
);
