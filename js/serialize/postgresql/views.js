'use strict';

const { ViewBaseConfig } = require('../../drizzle-orm/sql/sql.js');
const { PgColumn } = require('../../drizzle-orm/pg-core/columns/common.js');
const { PgEnumColumn } = require('../../drizzle-orm/pg-core/columns/enum.js');
const { PgMaterializedView, PgViewConfig } = require('../../drizzle-orm/pg-core/view.js');
const { put } = require('../maps.js');
const { Namespace } = require('../namespace.js');
const { serializeColumn } = require('./columns.js');

function serializeViews(context, views) {
  const result = {};
  const namespaces = new Map();
  for (const view of views) {
    const { name, schema = 'public' } = view[ViewBaseConfig];
    const origin = context.originOf(view);
    try {
      context.checkName(name, 'a view');
      namespaceOf(namespaces, schema).claim(name, { origin });
      const key = `${schema}.${name}`;
      put(result, key, serializeView(context, view, name, schema));
      context.origins.add('views', origin, key);
    } catch (error) {
      context.problems.caught(error, origin, `view '${String(name)}'`);
    }
  }
  return result;
}

function namespaceOf(namespaces, schema) {
  let namespace = namespaces.get(schema);
  if (!namespace)
    namespaces.set(schema, (namespace = new Namespace('view', `in schema '${schema}'`)));
  return namespace;
}

function serializeView(context, view, name, schema) {
  const { query, isExisting } = view[ViewBaseConfig];
  const options = view[PgViewConfig];
  const materialized = view instanceof PgMaterializedView;
  const given = (option) => (materialized ? option : undefined);
  return {
    columns: viewColumns(context, view),
    definition: isExisting ? undefined : context.sql.qualified(query),
    name,
    schema,
    isExisting,
    with: materialized || !isExisting ? options.with : undefined,
    withNoData: given(options.withNoData),
    materialized,
    tablespace: given(options.tablespace),
    using: given(options.using),
  };
}

function viewColumns(context, view) {
  const { name, schema, selectedFields } = view[ViewBaseConfig];
  const columns = {};
  for (const column of Object.values(selectedFields)) {
    if (!(column instanceof PgColumn)) continue;
    const typeSchema = column instanceof PgEnumColumn ? column.enum.schema || 'public' : undefined;
    const entry = serializeColumn(context, column, column.name, { name, schema }, typeSchema);
    // No SQL is made of it, and the peer writes it without escaping.
    if (typeof column.default === 'string') entry.default = `'${column.default}'`;
    put(columns, column.name, entry);
  }
  return columns;
}

module.exports = { serializeViews };
