'use strict';
// What the schema files tell the query builder of, beyond foreign keys: which columns of
// which table a row of another one is found by.

const { Relations, One, createOne, createMany } = require('../drizzle-orm/relations.js');
const { Column } = require('../drizzle-orm/column.js');
const { TableName, Schema, isTable } = require('../drizzle-orm/table.js');

// Of those that say by which columns; the other side of one only names it.
function serializeRelations(context, exported) {
  const out = [];
  for (const { table, config } of exported.of(Relations)) {
    if (!isTable(table) || typeof config !== 'function') continue;
    for (const [name, relation] of Object.entries(declared(table, config)))
      if (relation instanceof One && isTold(relation)) out.push(entry(context, name, relation));
  }
  return out;
}

function isTold({ referencedTable, config }) {
  const { fields, references } = config ?? {};
  const columns = (list) => Array.isArray(list) && list.every((one) => one instanceof Column);
  return isTable(referencedTable) && fields?.length > 0 && columns(fields) && columns(references);
}

// A callback that fails does so where the relations are used. The database, which is
// what the schema is read for, knows none of them.
function declared(table, config) {
  try {
    return config({ one: createOne(table), many: createMany(table) }) ?? {};
  } catch {
    return {};
  }
}

function entry(context, name, { sourceTable, referencedTable, config }) {
  return {
    schemaFrom: sourceTable[Schema],
    tableFrom: sourceTable[TableName],
    key: {
      name,
      columnsFrom: context.columnNames(config.fields),
      tableTo: referencedTable[TableName],
      schemaTo: referencedTable[Schema],
      columnsTo: context.columnNames(config.references),
    },
  };
}

module.exports = { serializeRelations };
