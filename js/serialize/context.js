'use strict';
// What every part of the serializer shares while one schema is being read.

const { TableName, Schema, Origin } = require('../drizzle-orm/table.js');
const { inertInfo } = require('../inert.js');
const { Problems } = require('./problems.js');
const { Origins } = require('./origins.js');
const { SqlText } = require('./sql_text.js');
const { Mistake, standinMistake } = require('./mistake.js');
const { Namespace } = require('./namespace.js');

class Context {
  // `sources` tells which schema file exports an object, for objects whose own
  // place is not known.
  constructor({ casing }, sources) {
    this.sql = new SqlText(casing);
    this.casing = casing;
    this.sources = sources;
    this.tableKeys = new Set();
    this.clear();
  }

  clear() {
    this.problems = new Problems();
    this.origins = new Origins();
    this.indexNames = new Map();
  }

  // The same context for something that must leave no traces.
  scratch() {
    const context = Object.create(this);
    context.clear();
    return context;
  }

  // Indexes of one schema share a namespace, whatever their tables.
  indexNamespace(schema) {
    let namespace = this.indexNames.get(schema);
    if (!namespace) {
      namespace = new Namespace('index', schema ? `in schema '${schema}'` : 'in the schema');
      this.indexNames.set(schema, namespace);
    }
    return namespace;
  }

  columnName(column) {
    return this.sql.columnName(column);
  }

  columnNames(columns) {
    return columns.map((column) => this.sql.columnName(column));
  }

  originOf(object) {
    return object[Origin] ?? object.origin ?? fileOrigin(this.sources.get(object)?.file);
  }

  // A name given by the schema must be text, and not a stand-in's. `where` says
  // whose it is.
  checkName(name, what, where = '') {
    const info = inertInfo(name);
    if (info) throw standinMistake(`the name of ${what} ${where}`.trimEnd(), info);
    if (typeof name !== 'string' || name === '')
      throw new Mistake(
        `${what} has no name ${where}`.trimEnd(),
        'give it one as the first argument'
      );
  }

  // Names made from columns' keys follow the casing: each key inside the name is
  // replaced by the column's name, first occurrence first.
  casedName(name, ...columnLists) {
    if (this.casing === undefined) return name;
    for (const columns of columnLists)
      for (const column of columns) name = name.replace(column.name, () => this.columnName(column));
    return name;
  }
}

function fileOrigin(file) {
  return file === undefined ? undefined : [file, undefined, undefined];
}

function tableKey(table) {
  return `${table[Schema] ?? 'public'}.${table[TableName]}`;
}

module.exports = { Context, tableKey };
