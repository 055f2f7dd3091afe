'use strict';

const { entity } = require('../entity.js');
const { SQL, sql } = require('../sql/sql.js');
const { origin } = require('../../origin.js');
const { enumOf } = require('./columns/enum.js');
const { pgSequenceWithSchema } = require('./objects.js');
const { pgTableWithSchema } = require('./table.js');
const { pgViewWithSchema, pgMaterializedViewWithSchema } = require('./view.js');

class PgSchema {
  constructor(schemaName, casing) {
    this.schemaName = schemaName;
    this.origin = origin();
    // Fields, not methods: `const { table } = pgSchema('x')` is allowed.
    this.table = (name, columns, extra) =>
      pgTableWithSchema(name, columns, extra, schemaName, casing);
    this.view = (name, columns) => pgViewWithSchema(name, columns, schemaName, casing);
    this.materializedView = (name, columns) =>
      pgMaterializedViewWithSchema(name, columns, schemaName, casing);
    this.enum = (enumName, input) => enumOf(enumName, input, schemaName);
    this.sequence = (name, options) => pgSequenceWithSchema(name, options, schemaName);
    this.existing = () => this;
  }
  getSQL() {
    return new SQL([sql.identifier(this.schemaName)]);
  }
  shouldOmitSQLParens() {
    return true;
  }
}
entity('PgSchema', PgSchema);

function pgSchema(name, casing) {
  if (name === 'public')
    throw new Error(
      "pgSchema('public') is not needed: what pgTable() makes is in that schema already"
    );
  return new PgSchema(name, casing);
}

module.exports = { PgSchema, pgSchema, isPgSchema: (value) => value instanceof PgSchema };
