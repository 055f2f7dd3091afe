'use strict';
// Default values as the snapshot has them: SQL text, or a bare number, boolean or
// null.

const { SQL } = require('../../drizzle-orm/sql/sql.js');
const { arrayLiteral } = require('../../drizzle-orm/pg-core/columns/array_literal.js');
const { inertInfo } = require('../../inert.js');
const { standinMistake } = require('../mistake.js');
const { quoteText } = require('../sql_text.js');
const { bareNumber } = require('../numbers.js');

function defaultOf(context, column, type) {
  const value = column.default;
  const info = inertInfo(value);
  if (info) throw standinMistake(`the default of column '${column.name}'`, info);
  if (value instanceof SQL) return context.sql.qualified(value);
  const lowered = type.toLowerCase();
  if (lowered === 'json' || lowered === 'jsonb') return jsonDefault(value, lowered);
  if (typeof value === 'string') return quoteText(value);
  if (typeof value === 'number' || typeof value === 'bigint') return bareNumber(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return quoteText(dateText(value, lowered));
  if (Array.isArray(value) && column.baseColumn)
    return quoteText(arrayLiteral(value, column.baseColumn));
  return mappedDefault(context, column, value);
}

// A string that is JSON already is taken as it is; any other is a JSON string.
function jsonDefault(value, type) {
  if (typeof value === 'string' && isJson(value)) return quoteText(value);
  return `${quoteText(JSON.stringify(value))}::${type}`;
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function dateText(date, type) {
  const iso = date.toISOString();
  if (type === 'date') return iso.slice(0, iso.indexOf('T'));
  return type === 'timestamp' ? iso.replace('T', ' ').slice(0, 23) : iso;
}

// Objects and tuples travel the way the column writes them.
function mappedDefault(context, column, value) {
  const mapped = column.mapToDriverValue(value);
  if (mapped instanceof SQL) return context.sql.qualified(mapped);
  if (mapped instanceof Uint8Array) return quoteText(`\\x${hex(mapped)}`);
  if (typeof mapped === 'object' && mapped !== null) return quoteText(JSON.stringify(mapped));
  return typeof mapped === 'string' ? quoteText(mapped) : mapped;
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

module.exports = { defaultOf };
