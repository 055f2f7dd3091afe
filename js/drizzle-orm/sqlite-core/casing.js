'use strict';
// `snakeCase.table(…)`: Drizzle 1 names columns by the casing of their table.

const { sqliteTableWithCasing } = require('./table.js');
const { ViewBuilder } = require('./view.js');

const cased = (casing) => ({
  table: sqliteTableWithCasing(casing),
  view: (name, columns) => new ViewBuilder(name, columns, casing),
});

module.exports = { snakeCase: cased('snake_case'), camelCase: cased('camelCase') };
