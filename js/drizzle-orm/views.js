'use strict';
// What a view is made from, the same for every dialect.

const { addFields } = require('./selections.js');
const { ViewBaseConfig } = require('./sql/sql.js');

// A query builder's query, or a function that makes one, as { selectedFields, query }.
function queryOf(source, QueryBuilder) {
  const query = typeof source === 'function' ? source(new QueryBuilder()) : source;
  return { selectedFields: query.getSelectedFields(), query: query.getSQL() };
}

// Makes the fields of a view its properties, as columns of the view itself.
function withFields(view) {
  const config = view[ViewBaseConfig];
  return addFields(view, config.name, config.selectedFields);
}

module.exports = { withFields, queryOf };
