'use strict';

const { SQL } = require('../../drizzle-orm/sql/sql.js');
const { SQLiteBaseInteger } = require('../../drizzle-orm/sqlite-core/columns/index.js');
const { inertInfo } = require('../../inert.js');
const { standinMistake } = require('../mistake.js');
const { bareNumber } = require('../numbers.js');
const { quoteText } = require('../sql_text.js');
const { typeOf } = require('../types.js');

function serializeColumn(context, column, name) {
  const result = {
    name,
    type: typeOf(column),
    primaryKey: column.primary,
    notNull: column.notNull,
    autoincrement: column instanceof SQLiteBaseInteger ? column.autoIncrement : false,
  };
  if (column.generated) result.generated = generatedOf(context, column.generated);
  if (column.default !== undefined) result.default = defaultOf(context, column);
  return result;
}

function generatedOf(context, { as, mode }) {
  const expression = typeof as === 'function' && !inertInfo(as) ? as() : as;
  const text = typeof expression === 'string' ? expression : context.sql.unqualified(expression);
  return { as: `(${context.sql.checked(text)})`, type: mode ?? 'virtual' };
}

// SQL text, or a bare number, boolean or null.
function defaultOf(context, column) {
  const value = column.default;
  const info = inertInfo(value);
  if (info) throw standinMistake(`the default of column '${column.name}'`, info);
  if (value instanceof SQL) return context.sql.qualified(value);
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'number' || typeof value === 'bigint') return bareNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  return objectDefault(context, column, value);
}

function objectDefault(context, column, value) {
  if (value instanceof Uint8Array) return blobLiteral(value);
  if (!(value instanceof Date) && column.dataType !== 'custom')
    return quoteText(JSON.stringify(value));
  const mapped = column.mapToDriverValue(value);
  if (mapped instanceof SQL) return context.sql.qualified(mapped);
  if (mapped instanceof Uint8Array) return blobLiteral(mapped);
  if (typeof mapped === 'number') return bareNumber(mapped);
  if (mapped instanceof Date) return quoteText(mapped.toISOString());
  return quoteText(typeof mapped === 'string' ? mapped : JSON.stringify(mapped));
}

function blobLiteral(bytes) {
  return `X'${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}'`;
}

module.exports = { serializeColumn };
