'use strict';
// What `import … from 'drizzle-orm/pg-core'` finds.

const expressions = require('../sql/expressions.js');
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
  ...require('./objects.js'),
  ...require('./table.js'),
  ...require('./schema.js'),
  ...require('./view.js'),
  ...require('./utils.js'),
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
    'PgRefreshMaterializedView PgSelectBase PgSelectBuilder PgSelectQueryBuilderBase PgUpdateBase PgUpdateBuilder ' +
    'PgPreparedQuery PgSession PgTransaction extractUsedTable makePgArray parsePgArray ' +
    'parsePgNestedArray',
  'drizzle-orm/pg-core'
);
