'use strict';
// PostgreSQL enums: a function that makes columns, with the enum's facts on it.

const { entity, isPgEnumSymbol, isPgEnum } = require('../../entity.js');
const { PgColumn, PgColumnBuilder } = require('./common.js');
const { origin } = require('../../../origin.js');

function enumColumn(columnType) {
  class EnumColumn extends PgColumn {
    get enum() {
      return this.config.enum;
    }
    getSQLType() {
      return this.config.enum.enumName;
    }
  }
  class EnumColumnBuilder extends PgColumnBuilder {
    constructor(name, enumInstance) {
      super(name, 'string', columnType);
      this.config.enum = enumInstance;
      this.config.enumValues = enumInstance.enumValues;
    }
    build(table) {
      return new EnumColumn(table, this.config);
    }
  }
  entity(columnType, EnumColumn);
  entity(columnType + 'Builder', EnumColumnBuilder);
  return [EnumColumn, EnumColumnBuilder];
}

const [PgEnumColumn, PgEnumColumnBuilder] = enumColumn('PgEnumColumn');
// Columns of an enum given as an object are a class of their own, because Drizzle
// Kit serializes them differently.
const [PgEnumObjectColumn, PgEnumObjectColumnBuilder] = enumColumn('PgEnumObjectColumn');

function makeEnum(enumName, enumValues, schema, Builder) {
  const instance = (name) => new Builder(name ?? '', instance);
  return Object.assign(instance, {
    enumName,
    enumValues,
    schema,
    origin: origin(),
    [isPgEnumSymbol]: true,
  });
}

function pgEnumWithSchema(enumName, values, schema) {
  return makeEnum(enumName, values, schema, PgEnumColumnBuilder);
}

function pgEnumObjectWithSchema(enumName, values, schema) {
  return makeEnum(enumName, Object.values(values), schema, PgEnumObjectColumnBuilder);
}

function enumOf(enumName, input, schema) {
  return Array.isArray(input)
    ? pgEnumWithSchema(enumName, [...input], schema)
    : pgEnumObjectWithSchema(enumName, input, schema);
}

module.exports = {
  PgEnumColumn,
  PgEnumColumnBuilder,
  PgEnumObjectColumn,
  PgEnumObjectColumnBuilder,
  enumOf,
  pgEnum: (enumName, input) => enumOf(enumName, input, undefined),
  pgEnumWithSchema,
  pgEnumObjectWithSchema,
  isPgEnum,
};
