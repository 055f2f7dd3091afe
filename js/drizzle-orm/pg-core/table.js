'use strict';

const { entity } = require('../entity.js');
const { Table, ExtraConfigBuilder, addColumns } = require('../table.js');
const { getPgColumnBuilders } = require('./columns/index.js');

const EnableRLS = Symbol.for('drizzle:EnableRLS');

class PgTable extends Table {}
entity('PgTable', PgTable);
PgTable.prototype[EnableRLS] = false;
PgTable.Symbol = { ...Table.Symbol, EnableRLS };

function pgTableWithSchema(name, columns, extraConfig, schema, casing, baseName = name) {
  const table = new PgTable(name, schema, baseName);
  const builders = typeof columns === 'function' ? columns(getPgColumnBuilders()) : columns;
  addColumns(table, builders, casing);
  if (extraConfig) table[ExtraConfigBuilder] = extraConfig;
  table.enableRLS = () => {
    table[EnableRLS] = true;
    return table;
  };
  return table;
}

function withRLS(makeTable) {
  makeTable.withRLS = (...args) => makeTable(...args).enableRLS();
  return makeTable;
}

function pgTableWithCasing(casing) {
  return withRLS((name, columns, extraConfig) =>
    pgTableWithSchema(name, columns, extraConfig, undefined, casing)
  );
}
const pgTable = pgTableWithCasing(undefined);

function pgTableCreator(customizeTableName, casing) {
  return withRLS((name, columns, extraConfig) =>
    pgTableWithSchema(customizeTableName(name), columns, extraConfig, undefined, casing, name)
  );
}

module.exports = {
  EnableRLS,
  PgTable,
  pgTable,
  pgTableCreator,
  pgTableWithCasing,
  pgTableWithSchema,
};
