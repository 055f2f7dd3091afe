'use strict';
// PostgreSQL's text form of an array: {1,"two words",NULL,{nested}}. Strings are
// quoted, what is special inside quotes is escaped.

const NEEDS_ESCAPE = /["\\]/g;

function quoted(text) {
  return `"${text.replace(NEEDS_ESCAPE, '\\$&')}"`;
}

function dateText(date, elementType) {
  const iso = date.toISOString();
  if (elementType === 'date') return iso.slice(0, 10);
  return elementType === 'timestamp' ? iso.replace('T', ' ').slice(0, 23) : iso;
}

// `element` is the column that one element would be.
function arrayLiteral(values, element) {
  return `{${Array.from(values, (value) => elementText(value, element)).join(',')}}`;
}

function elementText(value, element) {
  if (value === null || value === undefined) return 'NULL';
  if (element.baseColumn) return arrayLiteral(value, element.baseColumn);
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  if (value instanceof Date) return quoted(dateText(value, elementType(element)));
  if (typeof value === 'object') return objectText(value, element);
  return quoted(String(value));
}

function objectText(value, element) {
  const mapped = element.mapToDriverValue(value);
  if (typeof mapped === 'string') return quoted(mapped);
  return Array.isArray(mapped) ? arrayLiteral(mapped, element) : quoted(JSON.stringify(mapped));
}

function elementType(element) {
  return element.getSQLType().toLowerCase();
}

module.exports = { arrayLiteral };
