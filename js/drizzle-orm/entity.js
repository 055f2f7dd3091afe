'use strict';
// How Drizzle tells its objects apart across copies of the package.

const entityKind = Symbol.for('drizzle:entityKind');
const hasOwnEntityKind = Symbol.for('drizzle:hasOwnEntityKind');

function is(value, type) {
  if (!value || typeof value !== 'object') return false;
  return typeof type === 'function' && value instanceof type;
}

// Marks a class as the Drizzle entity of that name.
function entity(name, type) {
  Object.defineProperty(type, entityKind, { value: name });
  return type;
}

// An enum of PostgreSQL is a function, so that the schema can make columns with it.
const isPgEnumSymbol = Symbol.for('drizzle:isPgEnum');

function isPgEnum(value) {
  return typeof value === 'function' && value[isPgEnumSymbol] === true;
}

module.exports = { entityKind, hasOwnEntityKind, is, entity, isPgEnumSymbol, isPgEnum };
