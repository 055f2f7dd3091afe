'use strict';
// PostgreSQL's column and column builder, and arrays of any column.

const { entity } = require('../../entity.js');
const { Column, ColumnBuilder } = require('../../column.js');
const { sql } = require('../../sql/sql.js');
const { arrayLiteral } = require('./array_literal.js');

class PgColumnBuilder extends ColumnBuilder {
  // A new builder: what was chained before belongs to the element and is dropped.
  array(size) {
    return new PgArrayBuilder(this.config.name, this, size);
  }
  generatedAlwaysAs(as) {
    this.changing().generated = { as, type: 'always', mode: 'stored' };
    return this;
  }
}
entity('PgColumnBuilder', PgColumnBuilder);

const PLAIN_ORDER = { order: 'asc', nulls: 'last', opClass: undefined };

class PgColumn extends Column {
  asc() {
    return ordered(this, { order: 'asc' });
  }
  desc() {
    return ordered(this, { order: 'desc' });
  }
  nullsFirst() {
    return ordered(this, { nulls: 'first' });
  }
  nullsLast() {
    return ordered(this, { nulls: 'last' });
  }
  op(opClass) {
    return ordered(this, { opClass });
  }
}
entity('PgColumn', PgColumn);
PgColumn.prototype.indexConfig = PLAIN_ORDER;

// The column as one of an index's: itself in every other way.
function ordered(column, change) {
  const indexConfig = { ...column.indexConfig, ...change };
  return Object.create(column, { indexConfig: { value: indexConfig, enumerable: true } });
}

class PgArrayBuilder extends PgColumnBuilder {
  constructor(name, baseBuilder, size) {
    super(name, 'array', 'PgArray');
    this.config.baseBuilder = baseBuilder;
    this.config.size = size;
  }
  build(table) {
    return new PgArray(table, this.config, this.config.baseBuilder.build(table));
  }
}
entity('PgArrayBuilder', PgArrayBuilder);

class PgArray extends PgColumn {
  constructor(table, config, baseColumn) {
    super(table, config);
    this.baseColumn = baseColumn;
    this.size = config.size;
  }
  getSQLType() {
    const size = typeof this.size === 'number' ? this.size : '';
    return `${this.baseColumn.getSQLType()}[${size}]`;
  }
  mapToDriverValue(value) {
    return arrayLiteral(value, this.baseColumn);
  }
}
entity('PgArray', PgArray);

class PgIntColumnBaseBuilder extends PgColumnBuilder {
  generatedAlwaysAsIdentity(sequence) {
    return this.identity('always', sequence);
  }
  generatedByDefaultAsIdentity(sequence) {
    return this.identity('byDefault', sequence);
  }
  identity(type, sequence) {
    const config = this.changing();
    config.generatedIdentity = { type, sequenceName: sequence?.name, sequenceOptions: sequence };
    config.hasDefault = true;
    config.notNull = true;
    return this;
  }
}
entity('PgIntColumnBaseBuilder', PgIntColumnBaseBuilder);

class PgDateColumnBaseBuilder extends PgColumnBuilder {
  defaultNow() {
    return this.default(sql`now()`);
  }
}
entity('PgDateColumnBaseBuilder', PgDateColumnBaseBuilder);

module.exports = {
  PgColumnBuilder,
  PgColumn,
  PgArrayBuilder,
  PgArray,
  PgIntColumnBaseBuilder,
  PgDateColumnBaseBuilder,
};
