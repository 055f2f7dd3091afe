'use strict';

const { Column } = require('../../drizzle-orm/column.js');
const { getTableConfig } = require('../../drizzle-orm/pg-core/utils.js');
const { serializeForeignKeys } = require('../foreign_keys.js');
const { TableWriter, nameOf } = require('../table_writer.js');
const { put, has } = require('../maps.js');
const { serializeColumn, enumSchema } = require('./columns.js');
const { serializeIndex } = require('./indexes.js');
const { serializePolicy } = require('./policies.js');

class PgTableWriter extends TableWriter {
  constructor(context, table, key) {
    super(context, table, key, getTableConfig(table));
    this.indexNames = context.indexNamespace(this.config.schema ?? 'public');
    this.uniques = {};
    this.policies = {};
  }

  write() {
    const { config } = this;
    this.each(config.columns, 'column', (column) => this.addColumn(column));
    this.each(config.primaryKeys, 'primary key', (key) => this.addPrimaryKey(key));
    this.each(config.uniqueConstraints, 'unique constraint', (unique) => this.addUnique(unique));
    const foreignKeys = serializeForeignKeys(this.context, config, this.key);
    this.each(config.indexes, 'index', (index) => this.addIndex(index));
    this.each(config.policies, 'policy', (policy) => this.addPolicy(policy));
    this.each(config.checks, 'check', (check) => this.addCheck(check));
    return {
      name: config.name,
      schema: config.schema ?? '',
      columns: this.columns,
      indexes: this.indexes,
      foreignKeys,
      compositePrimaryKeys: this.primaryKeys,
      uniqueConstraints: this.uniques,
      policies: this.policies,
      checkConstraints: this.checks,
      isRLSEnabled: config.enableRLS,
    };
  }

  serializeColumn(column, name) {
    return serializeColumn(this.context, column, name, this.config, enumSchema(column));
  }

  primaryKeyEntry(name, columns) {
    return { name, columns };
  }

  putUnique(name, columns, origin, nullsNotDistinct) {
    if (has(this.uniques, name)) throw this.duplicateUnique(name);
    put(this.uniques, name, { name, nullsNotDistinct, columns });
    this.context.origins.add('uniqueConstraints', origin, this.key, name);
  }

  duplicateUnique(name) {
    const { columns, uniqueConstraints } = this.config;
    const declared = [...columns.filter((column) => column.isUnique), ...uniqueConstraints];
    const nameOfUnique = (one) => (one instanceof Column ? one.uniqueName : this.uniqueName(one));
    return this.duplicate('unique constraint', name, declared, nameOfUnique);
  }

  addColumnUnique(column, name) {
    const nullsNotDistinct = column.uniqueType === 'not distinct';
    this.putUnique(column.uniqueName, [name], column.origin, nullsNotDistinct);
  }

  addUnique(unique) {
    const name = this.uniqueName(unique);
    const columns = this.context.columnNames(unique.columns);
    this.putUnique(name, columns, unique.origin, unique.nullsNotDistinctConfig);
  }

  addIndex(index) {
    const entry = serializeIndex(this.context, this.config, index);
    this.indexNames.claim(entry.name, index);
    put(this.indexes, entry.name, entry);
    this.context.origins.add('indexes', index.origin, this.key, entry.name);
  }

  addPolicy(policy) {
    this.context.checkName(policy.name, 'a policy', this.where);
    if (has(this.policies, policy.name))
      throw this.duplicate('policy', policy.name, this.config.policies, nameOf);
    put(this.policies, policy.name, serializePolicy(this.context, policy));
    this.context.origins.add('policies', policy.origin, this.key, policy.name);
  }
}

function serializeTable(context, table, key) {
  return new PgTableWriter(context, table, key).write();
}

module.exports = { serializeTable };
