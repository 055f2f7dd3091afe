'use strict';
// One table's entry while it is being filled: what all dialects do alike.

const { uniqueKeyName } = require('../drizzle-orm/column.js');
const { Columns } = require('../drizzle-orm/table.js');
const { inertInfo } = require('../inert.js');
const { checkColumns } = require('./columns_of.js');
const { put, has } = require('./maps.js');
const { standinMistake } = require('./mistake.js');
const { duplicate } = require('./namespace.js');

function nameOf(object) {
  return object.name;
}

class TableWriter {
  constructor(context, table, key, config) {
    this.context = context;
    this.key = key;
    this.table = table;
    this.config = config;
    config.origin = context.originOf(table);
    this.where = `in table '${config.name}'`;
    this.columns = {};
    this.indexes = {};
    this.primaryKeys = {};
    this.checks = {};
  }

  // What one item throws does not hide the mistakes of the others.
  each(items, what, add) {
    for (const item of items) {
      try {
        add(item);
      } catch (error) {
        const name = typeof item.name === 'string' ? `${what} '${item.name}'` : `a ${what}`;
        const place = inertInfo(item) ? undefined : item.origin;
        const origin = place ?? (error.fallback ? undefined : this.config.origin);
        this.context.problems.caught(error, origin, `${name} of table '${this.config.name}'`);
      }
    }
  }

  // `declared` are the objects of that kind in the table.
  duplicate(kind, name, declared, nameOf) {
    return duplicate(
      kind,
      name,
      this.where,
      declared.find((one) => nameOf(one) === name)
    );
  }

  addColumn(column) {
    const { context, config } = this;
    const info = inertInfo(column);
    if (info)
      throw standinMistake(`column '${this.keyOf(column)}' of table '${config.name}'`, info);
    context.checkName(column.name, 'a column', this.where);
    const name = context.columnName(column);
    if (has(this.columns, name))
      throw this.duplicate('column', name, config.columns, (one) => context.columnName(one));
    put(this.columns, name, this.serializeColumn(column, name));
    context.origins.add('columns', column.origin, this.key, name);
    if (column.isUnique) this.addColumnUnique(column, name);
  }

  // What the schema calls a column that has no name of its own.
  keyOf(column) {
    const columns = this.table[Columns];
    return Object.keys(columns).find((key) => columns[key] === column);
  }

  addPrimaryKey({ columns, name, origin }) {
    const { context, config, key } = this;
    checkColumns(columns, config, 'the primary key');
    const given = name ?? `${config.name}_${columns.map((c) => c.name).join('_')}_pk`;
    const cased = context.casedName(given, columns);
    put(this.primaryKeys, cased, this.primaryKeyEntry(cased, context.columnNames(columns)));
    context.origins.add('compositePrimaryKeys', origin, key, cased);
  }

  // The name of a table-level unique constraint: columns are named by their keys,
  // whatever the casing.
  uniqueName(unique) {
    checkColumns(unique.columns, this.config, 'a unique constraint');
    return (
      unique.name ??
      uniqueKeyName(
        this.table,
        unique.columns.map((column) => column.name)
      )
    );
  }

  addCheck(check) {
    const { context, key } = this;
    context.checkName(check.name, 'a check', this.where);
    if (has(this.checks, check.name))
      throw this.duplicate('check', check.name, this.config.checks, nameOf);
    put(this.checks, check.name, { name: check.name, value: context.sql.qualified(check.value) });
    context.origins.add('checkConstraints', check.origin, key, check.name);
  }
}

module.exports = { TableWriter, nameOf };
