'use strict';

const { entity } = require('../entity.js');
const { Columns, Origin } = require('../table.js');
const { View } = require('../sql/sql.js');
const { withFields, queryOf } = require('../views.js');
const { origin } = require('../../origin.js');
const { sqliteTableWithCasing } = require('./table.js');

class SQLiteView extends View {}
entity('SQLiteView', SQLiteView);

// A view declared by a query, or by columns and SQL.
class ViewBuilder {
  constructor(name, columns, casing) {
    this.name = name;
    this.columns = columns && sqliteTableWithCasing(casing)(name, columns)[Columns];
    this.origin = origin();
  }
  existing() {
    return this.build(this.columns, undefined);
  }
  as(source) {
    if (this.columns) return this.build(this.columns, source);
    const { SQLiteQueryBuilder } = require('../query_builder.js');
    const { selectedFields, query } = queryOf(source, SQLiteQueryBuilder);
    return this.build(selectedFields, query);
  }
  build(selectedFields, query) {
    const view = new SQLiteView({ name: this.name, schema: undefined, selectedFields, query });
    view[Origin] = this.origin;
    return withFields(view);
  }
}
entity('SQLiteViewBuilder', ViewBuilder);

const sqliteView = (name, columns) => new ViewBuilder(name, columns);

module.exports = {
  SQLiteView,
  ViewBuilder,
  ViewBuilderCore: ViewBuilder,
  ManualViewBuilder: ViewBuilder,
  sqliteView,
  view: sqliteView,
};
