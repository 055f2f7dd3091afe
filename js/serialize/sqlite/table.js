'use strict';

const { SQL } = require('../../drizzle-orm/sql/sql.js');
const { getTableConfig } = require('../../drizzle-orm/sqlite-core/utils.js');
const { checkColumns, checkIndexColumns } = require('../columns_of.js');
const { serializeForeignKeys } = require('../foreign_keys.js');
const { put } = require('../maps.js');
const { TableWriter } = require('../table_writer.js');
const { serializeColumn } = require('./columns.js');

class SQLiteTableWriter extends TableWriter {
  // `internal` is the snapshot's record of which index columns are expressions.
  constructor(context, table, key, internal) {
    super(context, table, key, getTableConfig(table));
    this.indexNames = context.indexNamespace('');
    this.internal = internal;
  }

  write() {
    const { config } = this;
    this.each(config.columns, 'column', (column) => this.addColumn(column));
    const foreignKeys = serializeForeignKeys(this.context, config, this.key);
    this.each(config.indexes, 'index', (index) => this.addIndex(index));
    this.each(config.uniqueConstraints, 'unique constraint', (unique) => this.addUnique(unique));
    this.each(config.primaryKeys, 'primary key', (key) => this.addPrimaryKey(key));
    this.each(config.checks, 'check', (check) => this.addCheck(check));
    return {
      name: config.name,
      columns: this.columns,
      indexes: this.indexes,
      foreignKeys,
      compositePrimaryKeys: this.primaryKeys,
      uniqueConstraints: {},
      checkConstraints: this.checks,
    };
  }

  serializeColumn(column, name) {
    return serializeColumn(this.context, column, name);
  }

  primaryKeyEntry(name, columns) {
    return { columns, name };
  }

  // Unique constraints are kept as unique indexes.
  addColumnUnique(column, name) {
    this.putIndex(column.uniqueName, [name], column);
  }

  putIndex(name, columns, owner) {
    this.indexNames.claim(name, owner);
    const index = { name, columns, isUnique: true };
    put(this.indexes, name, index);
    this.context.origins.add('indexes', owner.origin, this.key, name);
    return index;
  }

  addIndex(index) {
    const { name, columns, unique, where } = index.config;
    this.context.checkName(name, 'an index', this.where);
    checkIndexColumns(columns, this.config);
    const texts = columns.map((column) => this.indexColumn(name, column));
    const entry = this.putIndex(name, texts, index);
    entry.isUnique = unique ?? false;
    if (where instanceof SQL) entry.where = this.context.sql.qualified(where);
  }

  indexColumn(index, column) {
    if (!(column instanceof SQL)) return this.context.columnName(column);
    const text = this.context.sql.unqualified(column);
    if (!Object.hasOwn(this.internal.indexes, index))
      put(this.internal.indexes, index, { columns: {} });
    put(this.internal.indexes[index].columns, text, { isExpression: true });
    return text;
  }

  addUnique(unique) {
    const name = this.uniqueName(unique);
    this.putIndex(name, this.context.columnNames(unique.columns), unique);
  }

  // A key of one column is that column's own.
  addPrimaryKey(primaryKey) {
    const { columns } = primaryKey;
    if (columns?.length !== 1) return super.addPrimaryKey(primaryKey);
    checkColumns(columns, this.config, 'the primary key');
    this.columns[this.context.columnName(columns[0])].primaryKey = true;
  }
}

function serializeTable(context, table, key, internal) {
  return new SQLiteTableWriter(context, table, key, internal).write();
}

module.exports = { serializeTable };
