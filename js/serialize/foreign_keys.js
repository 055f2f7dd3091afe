'use strict';
// Foreign keys, the same for every dialect but for the target's schema.

const { TableName, Schema, Origin } = require('../drizzle-orm/table.js');
const { checkColumns } = require('./columns_of.js');
const { tableKey } = require('./context.js');
const { put } = require('./maps.js');

const NO_ACTION = 'no action';

// All foreign keys of a table by name; the last of a name wins.
function serializeForeignKeys(context, config, key) {
  const result = {};
  for (const foreignKey of config.foreignKeys) {
    const origin = foreignKey.origin ?? config.origin;
    try {
      const entry = serializeForeignKey(context, config, foreignKey);
      put(result, entry.name, entry);
      context.origins.add('foreignKeys', origin, key, entry.name);
    } catch (error) {
      context.problems.caught(error, origin, `a foreign key of table '${config.name}'`);
    }
  }
  return result;
}

function serializeForeignKey(context, config, foreignKey) {
  const { name, columns, foreignColumns } = foreignKey.reference();
  checkColumns(columns, config, 'a foreign key', undefined);
  checkColumns(foreignColumns, config, 'a foreign key', foreignKey.source);
  const target = foreignColumns[0].table;
  noteUnexported(context, target);
  return {
    name: context.casedName(
      name ?? foreignKeyName(config.name, columns, target, foreignColumns),
      columns,
      foreignColumns
    ),
    tableFrom: config.name,
    tableTo: target[TableName],
    schemaTo: target[Schema],
    columnsFrom: context.columnNames(columns),
    columnsTo: context.columnNames(foreignColumns),
    onDelete: foreignKey.onDeleteAction ?? NO_ACTION,
    onUpdate: foreignKey.onUpdateAction ?? NO_ACTION,
  };
}

function foreignKeyName(table, columns, target, foreignColumns) {
  const keys = [...columns.map(keyOf), target[TableName], ...foreignColumns.map(keyOf)];
  return `${table}_${keys.join('_')}_fk`;
}

function keyOf(column) {
  return column.name;
}

// A table that no schema file exports is not created. Whether a foreign key to it is
// a mistake depends on what was there before, which is not known here.
function noteUnexported(context, target) {
  if (context.tableKeys.has(tableKey(target))) return;
  context.origins.add('unexported', target[Origin], tableKey(target));
}

module.exports = { serializeForeignKeys };
