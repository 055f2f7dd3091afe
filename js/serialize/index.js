'use strict';
// The last step on the JavaScript side: what the schema files export becomes one
// document, which is all that crosses to C++.

const { isTable } = require('../drizzle-orm/table.js');
const { inertInfo, touchedStandins } = require('../inert.js');
const { Context } = require('./context.js');
const { standinMistake } = require('./mistake.js');
const { serializeRelations } = require('./relations.js');

// The objects exported by the schema files, in their order, each once.
class Exported {
  constructor(files) {
    this.sources = new Map(); // object → where it is exported first: { file, key }
    for (const { file, exports } of files) {
      for (const key of Object.keys(exports ?? {})) this.add(exports[key], file, key);
    }
    this.values = [...this.sources.keys()];
  }

  add(value, file, key) {
    const type = typeof value;
    if (value === null || (type !== 'object' && type !== 'function')) return;
    if (!this.sources.has(value)) this.sources.set(value, { file, key });
  }

  of(type) {
    return this.values.filter((value) => value instanceof type);
  }

  where(accepts) {
    return this.values.filter(accepts);
  }
}

function serializerOf(engine) {
  return engine === 'postgresql' ? require('./postgresql/index.js') : require('./sqlite/index.js');
}

// `files` are { file, exports } in the order of the configuration; `options` are
// { engine: 'postgresql' | 'sqlite' | 'turso', casing, places }: with places there is all
// that is told of the objects beside what they are.
function serialize(files, options) {
  const exported = new Exported(files);
  const context = new Context(options, exported.sources);
  const { snapshotOf, TableClass } = serializerOf(options.engine);
  refuseOtherDialect(context, exported, TableClass, options.engine);
  refuseMissing(context, exported);
  const snapshot = snapshotOf(context, exported);
  // What tells about the whole comes before it (src/folder/document.h).
  return {
    tables: Object.values(snapshot.tables).map(summary),
    errors: context.problems.list,
    standins: touchedStandins(),
    snapshot,
    origins: context.origins.document(),
    relations: options.places ? serializeRelations(context, exported) : undefined,
  };
}

function summary({ name, columns, indexes, foreignKeys }) {
  return [name, ...[columns, indexes, foreignKeys].map((list) => Object.keys(list).length)];
}

// Tables of another dialect are not ours. But a schema with no others is a wrong
// configuration, and taken literally it would drop every table.
function refuseOtherDialect(context, exported, TableClass, engine) {
  const tables = exported.where(isTable);
  if (tables.length === 0 || tables.some((table) => table instanceof TableClass)) return;
  context.problems.add(
    context.originOf(tables[0]),
    `the schema has tables, but none of dialect '${engine}'`,
    'see "dialect" in the config'
  );
}

// What is made with a function that does not exist would be left out silently.
function refuseMissing(context, exported) {
  for (const [value, { file, key }] of exported.sources) {
    const info = inertInfo(value);
    if (!info?.missing?.called) continue;
    const mistake = standinMistake(`'${key}'`, info);
    context.problems.caught(mistake, info.place ?? [file], key);
  }
}

module.exports = { serialize };
