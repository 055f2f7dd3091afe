'use strict';
// Foreign keys, the same for every dialect but for the target's schema.

const { TableName, Schema, Origin } = require('../drizzle-orm/table.js');
const { checkColumns } = require('./columns_of.js');
const { tableKey } = require('./context.js');
const { put } = require('./maps.js');
const { Mistake } = require('./mistake.js');
const { placeText } = require('./problems.js');

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
  checkTarget(context, config, target);
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

// A table that no schema file exports is not created, so a foreign key to it
// cannot be. Tables in a schema that nothing else belongs to are managed elsewhere.
function checkTarget(context, config, target) {
  const schema = target[Schema] ?? 'public';
  if (!context.schemas.has(schema) || context.tableKeys.has(tableKey(target))) return;
  const place = placeText(target[Origin]);
  throw new Mistake(
    `table '${config.name}' refers to table '${target[TableName]}', which no schema file exports`,
    `export '${target[TableName]}'${place ? ` (made at ${place})` : ''}, ` +
      'or add the file that does to "schema" in the config'
  );
}

module.exports = { serializeForeignKeys };
