'use strict';
// What `import … from 'drizzle-orm/pg-core'` finds.

const { inertExports } = require('../../inert.js');
const { lazyExports } = require('../lazy_exports.js');

module.exports = {
  ...require('../core.js'),
  ...require('./columns/index.js'),
  ...require('./objects.js'),
  ...require('./table.js'),
  ...require('./casing.js'),
  ...require('./schema.js'),
  ...require('./view.js'),
  ...require('./utils.js'),
};

lazyExports(module.exports, () => require('../query_builder.js'), {
  QueryBuilder: 'PgQueryBuilder',
  union: 'union',
  unionAll: 'unionAll',
  intersect: 'intersect',
  intersectAll: 'intersectAll',
  except: 'except',
  exceptAll: 'exceptAll',
});

inertExports(
  module.exports,
  'PgDatabase withReplicas PgDialect PgDeleteBase PgInsertBase PgInsertBuilder ' +
    'PgRefreshMaterializedView PgSelectBase PgSelectBuilder PgSelectQueryBuilderBase ' +
    'PgUpdateBase PgUpdateBuilder PgPreparedQuery PgSession PgTransaction ' +
    'extractUsedTable makePgArray parsePgArray parsePgNestedArray',
  'drizzle-orm/pg-core'
);
