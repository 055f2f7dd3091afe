'use strict';
// What `drizzle-orm/pg-core` and `drizzle-orm/sqlite-core` have in common.

const { uniqueKeyName } = require('./column.js');
const { aliasedTable } = require('./alias.js');
const { InlineForeignKeys } = require('./table.js');
const constraints = require('./constraints.js');
const indexes = require('./indexes.js');

module.exports = {
  ...require('./sql/expressions.js'),
  ...constraints,
  ...indexes,
  uniqueKeyName,
  alias: aliasedTable,
  InlineForeignKeys,
  // What a builder makes has no class of its own here.
  Index: indexes.IndexBuilder,
  PrimaryKey: constraints.PrimaryKeyBuilder,
  UniqueConstraint: constraints.UniqueConstraintBuilder,
  ForeignKey: constraints.ForeignKeyBuilder,
  Check: constraints.CheckBuilder,
};
