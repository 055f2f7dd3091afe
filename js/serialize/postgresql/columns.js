'use strict';

const { PgArray } = require('../../drizzle-orm/pg-core/columns/common.js');
const { PgEnumColumn, PgEnumObjectColumn } = require('../../drizzle-orm/pg-core/columns/enum.js');
const { inertInfo } = require('../../inert.js');
const { typeOf } = require('../types.js');
const { defaultOf } = require('./defaults.js');
const { sequenceOptions } = require('./sequences.js');

// One column of a table or view. `owner` is the table: its name and schema make
// the name of an identity's sequence.
function serializeColumn(context, column, name, owner, typeSchema) {
  const type = typeOf(column);
  const result = {
    name,
    type,
    typeSchema,
    primaryKey: column.primary,
    notNull: column.notNull,
  };
  if (column.generated) result.generated = generatedOf(context, column.generated);
  if (column.generatedIdentity) result.identity = identityOf(column, type, name, owner);
  if (column.default !== undefined) result.default = defaultOf(context, column, type);
  return result;
}

// The schema of an enum type, also of an array's element. The peer knows none for
// enums made from an object; it matters only where the schema must be written.
function enumSchema(column) {
  while (column instanceof PgArray) column = column.baseColumn;
  if (column instanceof PgEnumColumn) return column.enum.schema || 'public';
  return column instanceof PgEnumObjectColumn ? column.enum.schema : undefined;
}

function generatedOf(context, { as }) {
  const expression = typeof as === 'function' && !inertInfo(as) ? as() : as;
  const text = typeof expression === 'string' ? expression : context.sql.qualified(expression);
  return { as: context.sql.checked(text), type: 'stored' };
}

function identityOf(column, type, name, owner) {
  const { type: mode, sequenceName, sequenceOptions: options } = column.generatedIdentity;
  return {
    type: mode,
    name: sequenceName ?? `${owner.name}_${name}_seq`,
    schema: owner.schema ?? 'public',
    ...sequenceOptions(options, type),
  };
}

module.exports = { serializeColumn, enumSchema };
