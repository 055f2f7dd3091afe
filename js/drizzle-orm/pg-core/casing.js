'use strict';
// `snakeCase.table(…)`: Drizzle 1 names columns by the casing of their table.

const { pgSchema } = require('./schema.js');
const { pgTableWithCasing } = require('./table.js');
const { pgViewWithSchema, pgMaterializedViewWithSchema } = require('./view.js');

const cased = (casing) => ({
  table: pgTableWithCasing(casing),
  view: (name, columns) => pgViewWithSchema(name, columns, undefined, casing),
  materializedView: (name, columns) =>
    pgMaterializedViewWithSchema(name, columns, undefined, casing),
  schema: (name) => pgSchema(name, casing),
});

module.exports = { snakeCase: cased('snake_case'), camelCase: cased('camelCase') };
