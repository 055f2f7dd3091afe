'use strict';
// What can be selected from, and the fields that this gives.

const { Column } = require('./column.js');
const { columnOf } = require('./alias.js');
const { Table, TableName, BaseName, Columns, IsAlias } = require('./table.js');
const { SQL, Subquery, View, ViewBaseConfig } = require('./sql/sql.js');

// The fields of a table, view or subquery, when none are chosen.
function fieldsOf(source) {
  if (source instanceof Subquery)
    return Object.fromEntries(
      Object.keys(source._.selectedFields).map((key) => [key, source[key]])
    );
  if (source instanceof View)
    return Object.fromEntries(
      Object.keys(source[ViewBaseConfig].selectedFields).map((key) => [key, source[key]])
    );
  return source instanceof SQL ? {} : source[Columns];
}

// The name that a source goes by inside a query.
function nameOfSource(source) {
  if (source instanceof Subquery) return source._.alias;
  if (source instanceof View) return source[ViewBaseConfig].name;
  if (source instanceof SQL) return undefined;
  return source[IsAlias] ? source[TableName] : source[BaseName];
}

// Makes `fields` the properties of a view or subquery, as columns of `alias`.
function addFields(holder, alias, fields) {
  const table = { [TableName]: alias, [IsAlias]: true };
  for (const key of Object.keys(fields)) {
    Object.defineProperty(holder, key, {
      enumerable: true,
      configurable: true,
      get: () => fieldFrom(fields[key], key, table),
    });
  }
  return holder;
}

function fieldFrom(field, key, table) {
  if (field instanceof Column) return columnOf(field, table);
  if (field instanceof SQL.Aliased) return Object.assign(field.clone(), { isSelectionField: true });
  if (field instanceof SQL)
    throw new Error(`the field '${key}' is an expression without a name: add .as('${key}')`);
  if (field === null || typeof field !== 'object' || field instanceof Table) return field;
  return addFields({}, table[TableName], field);
}

// The fields in order, nested ones in place.
function flatFields(fields) {
  return Object.values(fields).flatMap((field) => {
    const isField =
      field instanceof Column ||
      field instanceof SQL ||
      field instanceof SQL.Aliased ||
      field instanceof Subquery;
    if (isField) return [field];
    return flatFields(field instanceof Table ? field[Columns] : field);
  });
}

module.exports = { fieldsOf, nameOfSource, addFields, flatFields };
