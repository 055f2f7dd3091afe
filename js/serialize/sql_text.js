'use strict';
// Turns SQL templates into text. Values are always written into it: the text
// becomes part of a migration, which has no parameters.

const { Column } = require('../drizzle-orm/column.js');
const { converters } = require('../drizzle-orm/casing.js');
const { isPgEnum } = require('../drizzle-orm/entity.js');
const { Table, TableName, Schema, IsAlias } = require('../drizzle-orm/table.js');
const {
  SQL,
  StringChunk,
  Name,
  ColumnName,
  Param,
  Placeholder,
  View,
  ViewBaseConfig,
  Subquery,
} = require('../drizzle-orm/sql/sql.js');
const { inertInfo } = require('../inert.js');
const { Mistake, standinMistake } = require('./mistake.js');

function quoteName(name) {
  return `"${name.replace(/"/g, '""')}"`;
}

function quoteText(text) {
  return `'${text.replace(/'/g, "''")}'`;
}

class SqlText {
  constructor(casing) {
    this.convert = converters[casing];
    this.converted = new Map();
  }

  // The name a column has in the database.
  columnName(column) {
    const { name } = column;
    if (!this.convert || !column.keyAsName) return name;
    let converted = this.converted.get(name);
    if (converted === undefined) this.converted.set(name, (converted = this.convert(name)));
    return converted;
  }

  // Columns with their table, as checks and predicates have them.
  qualified(sql) {
    return this.checked(this.chunk(sql, true));
  }

  // Columns by their name alone, as index expressions have them.
  unqualified(sql) {
    return this.checked(this.chunk(sql, false));
  }

  checked(text) {
    const info = inertInfo(text);
    if (info) throw standinMistake('a part of the SQL', info);
    return text;
  }

  chunks(chunks, qualified) {
    let text = '';
    for (const chunk of chunks) text += this.chunk(chunk, qualified);
    return text;
  }

  chunk(chunk, qualified) {
    if (chunk === undefined) return '';
    if (chunk === null || typeof chunk !== 'object') return this.primitive(chunk);
    if (chunk instanceof StringChunk) return chunk.value.join('');
    if (chunk instanceof SQL) return this.chunks(chunk.queryChunks, qualified);
    if (chunk instanceof Column) return this.column(chunk, qualified);
    if (chunk instanceof Name) return quoteName(String(chunk.value));
    if (chunk instanceof ColumnName) return this.column(chunk.column, false);
    if (Array.isArray(chunk))
      return `(${chunk.map((item) => this.chunk(item, qualified)).join(', ')})`;
    if (chunk instanceof Table) return tableText(chunk[Schema], chunk[TableName], chunk[IsAlias]);
    if (chunk instanceof View) return viewText(chunk[ViewBaseConfig]);
    if (chunk instanceof Param) return this.param(chunk, qualified);
    if (chunk instanceof Placeholder)
      throw new Mistake(
        `the placeholder '${chunk.name}' has no value here`,
        'what is written into a migration cannot wait for a value'
      );
    if (chunk instanceof SQL.Aliased && chunk.fieldAlias !== undefined)
      return quoteName(chunk.fieldAlias);
    if (chunk instanceof Subquery) return this.subquery(chunk, qualified);
    if (typeof chunk.getSQL === 'function') return this.wrapper(chunk, qualified);
    return this.value(chunk);
  }

  column(column, qualified) {
    const name = quoteName(this.columnName(column));
    if (!qualified) return name;
    const { table } = column;
    return `${tableText(table[Schema], table[TableName], table[IsAlias])}.${name}`;
  }

  subquery({ _: { sql, alias, isWith } }, qualified) {
    if (isWith) return quoteName(alias);
    return `(${this.chunk(sql, qualified)}) ${quoteName(alias)}`;
  }

  wrapper(chunk, qualified) {
    const text = this.chunk(chunk.getSQL(), qualified);
    return chunk.shouldOmitSQLParens?.() ? text : `(${text})`;
  }

  param(param, qualified) {
    if (param.value instanceof Placeholder) return this.chunk(param.value, qualified);
    if (param.value === null) return 'null';
    const mapped = param.encoder.mapToDriverValue(param.value);
    return mapped instanceof SQL ? this.chunk(mapped, qualified) : this.value(mapped);
  }

  primitive(value) {
    const info = inertInfo(value);
    if (info) throw standinMistake('a value in the SQL', info);
    if (isPgEnum(value)) return tableText(value.schema, value.enumName, false);
    return this.value(value);
  }

  value(value) {
    if (value === null || value === undefined) return 'null';
    switch (typeof value) {
      case 'string':
        return quoteText(value);
      case 'number':
        return Number.isFinite(value) ? String(value) : quoteText(String(value));
      case 'boolean':
      case 'bigint':
        return String(value);
      case 'object':
        return objectText(value);
      default:
        throw new Mistake(`a ${typeof value} cannot be written into SQL`);
    }
  }
}

function tableText(schema, name, isAlias) {
  return schema === undefined || isAlias
    ? quoteName(name)
    : `${quoteName(schema)}.${quoteName(name)}`;
}

function viewText({ schema, name, isAlias }) {
  return tableText(schema, name, isAlias);
}

function objectText(value) {
  if (value instanceof Date) return quoteText(value.toISOString());
  const text = String(value);
  return quoteText(text === '[object Object]' ? JSON.stringify(value) : text);
}

module.exports = { SqlText, quoteName, quoteText };
