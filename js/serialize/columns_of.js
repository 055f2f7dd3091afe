'use strict';
// The columns that a constraint or index names.

const { Column } = require('../drizzle-orm/column.js');
const { SQL } = require('../drizzle-orm/sql/sql.js');
const { inertInfo } = require('../inert.js');
const { Mistake, standinMistake } = require('./mistake.js');

// Every column of a constraint must be one; `source` is the function that gave it.
function checkColumns(columns, config, what, source) {
  if (!Array.isArray(columns) || columns.length === 0)
    throw new Mistake(`${what} of table '${config.name}' names no columns`);
  for (const column of columns) {
    if (column instanceof Column) continue;
    const info = inertInfo(column);
    if (info) throw standinMistake(`a column of ${what} of table '${config.name}'`, info);
    const said = source ? `'${expressionOf(source)}'` : 'one of its columns';
    const is = column === undefined ? 'is undefined' : 'is not a column';
    throw new Mistake(
      `${what} of table '${config.name}': ${said} ${is}`,
      'is the column spelled as in its table, and exported?'
    );
  }
}

// The expression inside `() => users.id`.
function expressionOf(source) {
  const text = String(source);
  const body = /=>\s*([^]*)$/.exec(text) ?? /return\s+([^;}]*)/.exec(text);
  return (body ? body[1] : text).trim().slice(0, 80);
}

// Indexes have expressions too.
function checkIndexColumns(columns, config) {
  const plain = columns.filter((column) => !(column instanceof SQL));
  if (plain.length > 0 || columns.length === 0) checkColumns(plain, config, 'an index');
}

module.exports = { checkColumns, checkIndexColumns };
