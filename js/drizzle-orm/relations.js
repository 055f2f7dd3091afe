'use strict';
// Relations describe queries, not the database: they are accepted and kept.

const { entity } = require('./entity.js');
const { TableName } = require('./table.js');
const expressions = require('./sql/expressions.js');
const { sql } = require('./sql/sql.js');
const { inertExports } = require('../inert.js');

class Relation {
  constructor(sourceTable, referencedTable, relationName) {
    this.sourceTable = sourceTable;
    this.referencedTable = referencedTable;
    this.relationName = relationName;
    this.referencedTableName = referencedTable?.[TableName];
  }
  withFieldName(fieldName) {
    return Object.assign(Object.create(this), { fieldName });
  }
}
entity('Relation', Relation);

class One extends Relation {
  constructor(sourceTable, referencedTable, config, isNullable) {
    super(sourceTable, referencedTable, config?.relationName);
    this.config = config;
    this.isNullable = isNullable;
  }
}
entity('One', One);

class Many extends Relation {
  constructor(sourceTable, referencedTable, config) {
    super(sourceTable, referencedTable, config?.relationName);
    this.config = config;
  }
}
entity('Many', Many);

class Relations {
  constructor(table, config) {
    this.table = table;
    this.config = config;
  }
}
entity('Relations', Relations);

// The callback is not run yet: it may name tables that are still being loaded.
function relations(table, config) {
  return new Relations(table, config);
}

function createOne(sourceTable) {
  return (table, config) =>
    new One(sourceTable, table, config, config?.fields.every((field) => !field.notNull) ?? false);
}

function createMany(sourceTable) {
  return (table, config) => new Many(sourceTable, table, config);
}

module.exports = {
  Relation,
  Relations,
  One,
  Many,
  relations,
  createOne,
  createMany,
  createTableRelationsHelpers: (table) => ({ one: createOne(table), many: createMany(table) }),
  // Drizzle 1.0's way of saying the same.
  defineRelations: (schema, config) => new Relations(schema, config),
  defineRelationsPart: (schema, config) => new Relations(schema, config),
  getOperators: () => ({ ...expressions, sql }),
  getOrderByOperators: () => ({ sql, asc: expressions.asc, desc: expressions.desc }),
};
inertExports(
  module.exports,
  'extractTablesRelationalConfig mapRelationalRow normalizeRelation',
  'drizzle-orm'
);
