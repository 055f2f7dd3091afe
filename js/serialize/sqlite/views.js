'use strict';

const { ViewBaseConfig } = require('../../drizzle-orm/sql/sql.js');
const { SQLiteColumn } = require('../../drizzle-orm/sqlite-core/columns/common.js');
const { put } = require('../maps.js');
const { Namespace } = require('../namespace.js');
const { serializeColumn } = require('./columns.js');

function serializeViews(context, views) {
  const result = {};
  const names = new Namespace('view', 'in the schema');
  for (const view of views) {
    const { name } = view[ViewBaseConfig];
    const origin = context.originOf(view);
    try {
      context.checkName(name, 'a view');
      names.claim(name, { origin });
      put(result, name, serializeView(context, view[ViewBaseConfig]));
      context.origins.add('views', origin, name);
    } catch (error) {
      context.problems.caught(error, origin, `view '${String(name)}'`);
    }
  }
  return result;
}

function serializeView(context, { name, isExisting, selectedFields, query }) {
  const columns = {};
  for (const column of Object.values(selectedFields))
    if (column instanceof SQLiteColumn)
      put(columns, column.name, serializeColumn(context, column, column.name));
  const definition = isExisting ? undefined : context.sql.qualified(query);
  return { columns, name, isExisting, definition };
}

module.exports = { serializeViews };
