'use strict';
// What a view is made from: columns declared by hand, or a query.

const { Column } = require('./column.js');
const { columnOf } = require('./alias.js');
const { TableName, IsAlias } = require('./table.js');
const { SQL, ViewBaseConfig } = require('./sql/sql.js');

// Makes the fields of a view its properties, as columns of the view itself.
function addFields(view) {
  const { name, selectedFields } = view[ViewBaseConfig];
  const holder = { [TableName]: name, [IsAlias]: true };
  for (const key of Object.keys(selectedFields)) {
    const field = selectedFields[key];
    if (field instanceof Column) view[key] = columnOf(field, holder);
    else if (field instanceof SQL.Aliased)
      view[key] = Object.assign(field.clone(), { isSelectionField: true });
    else view[key] = field;
  }
  return view;
}

// A query builder, or a function that receives one, as { fields, query }.
function queryOf(source) {
  const { QueryBuilder } = require('./query_builder.js');
  const query = typeof source === 'function' ? source(new QueryBuilder()) : source;
  return { selectedFields: query.getSelectedFields(), query: query.getSQL() };
}

module.exports = { addFields, queryOf };
