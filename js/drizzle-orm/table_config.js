'use strict';
// A table with its extras sorted by kind. Extras are computed here and not before:
// they may refer to tables of files that were still being loaded.

const { Columns, TableName, Schema, ExtraConfigBuilder, InlineForeignKeys } = require('./table.js');
const constraints = require('./constraints.js');
const { IndexBuilder } = require('./indexes.js');

function extrasOf(table) {
  const extras = table[ExtraConfigBuilder]?.(table[Columns]);
  if (extras === null || typeof extras !== 'object') return [];
  return Array.isArray(extras) ? extras.flat(1) : Object.values(extras);
}

// A reference chained on a column, as the table-level form has it.
function inlineForeignKey({ column, ref, actions, origin }) {
  return {
    reference: () => ({ name: undefined, columns: [column], foreignColumns: [ref()] }),
    source: ref,
    onUpdateAction: actions.onUpdate,
    onDeleteAction: actions.onDelete,
    origin,
  };
}

// `kinds` are the dialect's own: [class, list name]. What is of no kind is ignored,
// as the peer does (raw SQL, unfinished builders).
function tableConfig(table, kinds) {
  const config = {
    name: table[TableName],
    schema: table[Schema],
    columns: Object.values(table[Columns]),
    indexes: [],
    foreignKeys: table[InlineForeignKeys].map(inlineForeignKey),
    checks: [],
    primaryKeys: [],
    uniqueConstraints: [],
    policies: [],
  };
  for (const extra of extrasOf(table)) {
    for (const [type, list] of kinds) {
      if (!(extra instanceof type)) continue;
      config[list].push(extra);
      break;
    }
  }
  return config;
}

const COMMON_KINDS = [
  [IndexBuilder, 'indexes'],
  [constraints.CheckBuilder, 'checks'],
  [constraints.UniqueConstraintBuilder, 'uniqueConstraints'],
  [constraints.PrimaryKeyBuilder, 'primaryKeys'],
  [constraints.ForeignKeyBuilder, 'foreignKeys'],
];

module.exports = { tableConfig, COMMON_KINDS };
