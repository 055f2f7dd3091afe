'use strict';

const { entity } = require('../entity.js');
const { Columns, Origin } = require('../table.js');
const { View } = require('../sql/sql.js');
const { withFields, queryOf } = require('../views.js');
const { origin } = require('../../origin.js');
const { pgTableWithCasing } = require('./table.js');

const PgViewConfig = Symbol.for('drizzle:PgViewConfig');

class PgViewBase extends View {
  constructor(config, options, place) {
    super(config);
    this[PgViewConfig] = options;
    this[Origin] = place;
  }
}
entity('PgViewBase', PgViewBase);

class PgView extends PgViewBase {}
entity('PgView', PgView);

class PgMaterializedView extends PgViewBase {}
entity('PgMaterializedView', PgMaterializedView);

// Both kinds of view, declared by a query or by columns and SQL.
class ViewBuilderCore {
  constructor(name, columns, schema, casing) {
    this.name = name;
    this.schema = schema;
    this.config = {};
    this.columns = columns && pgTableWithCasing(casing)(name, columns)[Columns];
    this.origin = origin();
  }
  with(options) {
    this.config.with = options;
    return this;
  }
  existing() {
    return this.build(this.columns, undefined);
  }
  as(source) {
    if (this.columns) return this.build(this.columns, source);
    const { PgQueryBuilder } = require('../query_builder.js');
    const { selectedFields, query } = queryOf(source, PgQueryBuilder);
    return this.build(selectedFields, query);
  }
  build(selectedFields, query) {
    const { name, schema, config } = this;
    const View = this.constructor.Built;
    return withFields(new View({ name, schema, selectedFields, query }, config, this.origin));
  }
}
entity('PgDefaultViewBuilderCore', ViewBuilderCore);

class ViewBuilder extends ViewBuilderCore {}
ViewBuilder.Built = PgView;
entity('PgViewBuilder', ViewBuilder);

class MaterializedViewBuilder extends ViewBuilderCore {
  using(method) {
    this.config.using = method;
    return this;
  }
  tablespace(tablespace) {
    this.config.tablespace = tablespace;
    return this;
  }
  withNoData() {
    this.config.withNoData = true;
    return this;
  }
}
MaterializedViewBuilder.Built = PgMaterializedView;
entity('PgMaterializedViewBuilder', MaterializedViewBuilder);

const pgViewWithSchema = (name, columns, schema, casing) =>
  new ViewBuilder(name, columns, schema, casing);
const pgMaterializedViewWithSchema = (name, columns, schema, casing) =>
  new MaterializedViewBuilder(name, columns, schema, casing);

module.exports = {
  PgViewConfig,
  PgMaterializedViewConfig: PgViewConfig,
  PgViewBase,
  PgView,
  PgMaterializedView,
  DefaultViewBuilderCore: ViewBuilderCore,
  ViewBuilder,
  ManualViewBuilder: ViewBuilder,
  MaterializedViewBuilderCore: MaterializedViewBuilder,
  MaterializedViewBuilder,
  ManualMaterializedViewBuilder: MaterializedViewBuilder,
  pgViewWithSchema,
  pgMaterializedViewWithSchema,
  pgView: (name, columns) => pgViewWithSchema(name, columns, undefined),
  pgMaterializedView: (name, columns) => pgMaterializedViewWithSchema(name, columns, undefined),
  isPgView: (value) => value instanceof PgView,
  isPgMaterializedView: (value) => value instanceof PgMaterializedView,
};
