'use strict';

const { inertInfo } = require('../inert.js');
const { Mistake, standinMistake } = require('./mistake.js');

// The SQL type of a column, which a custom type may compute.
function typeOf(column) {
  const type = column.getSQLType();
  const info = inertInfo(type);
  if (info) throw standinMistake(`the type of column '${column.name}'`, info);
  if (typeof type !== 'string')
    throw new Mistake(`the type of column '${column.name}' is not text`, 'see its dataType()');
  return type;
}

module.exports = { typeOf };
