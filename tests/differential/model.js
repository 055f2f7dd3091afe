'use strict';
// A schema as plain values. Everything has an id, by which it is the same thing before
// and after an edit:
//
//   { dialect, casing, schemas, enums, sequences, roles, tables, views }
//
// Tables hold columns, indexes, uniques, keys (foreign), checks and policies. An
// expression is a list of texts and of columns { c: id, family }.

const { TYPES } = require('./types.js');

const PARTS = ['columns', 'indexes', 'uniques', 'keys', 'checks', 'policies'];
const KINDS = ['schemas', 'enums', 'sequences', 'roles', 'tables', 'views'];

function emptyModel(dialect) {
  return { dialect, lastId: 0, ...Object.fromEntries(KINDS.map((kind) => [kind, []])) };
}

// What an id stands for, in one model.
class Lookup {
  constructor(model) {
    this.byId = new Map();
    this.tableOf = new Map();
    for (const kind of KINDS) for (const it of model[kind]) this.byId.set(it.id, it);
    for (const table of model.tables)
      for (const part of PARTS)
        for (const it of table[part]) {
          this.byId.set(it.id, it);
          this.tableOf.set(it.id, table);
        }
  }
  get(id) {
    return this.byId.get(id);
  }
}

const typeOf = (model, column) =>
  column.enum ? { family: `enum ${column.enum}`, key: true } : TYPES[model.dialect][column.type];

// Types of one family take the same expressions.
function familyOf(model, column) {
  const type = typeOf(model, column);
  return column.array ? `${type.family} array` : type.family;
}

const columnsIn = (expression) => (expression ?? []).filter((part) => typeof part === 'object');

// The columns of a table's primary key.
const primaryKey = (table) =>
  table.primary?.columns ?? table.columns.filter((it) => it.primary).map((it) => it.id);

const sameSet = (a, b) => a.length === b.length && a.every((it) => b.includes(it));

// Whether a foreign key can point at these columns.
function isUnique(table, columns) {
  const single = columns.length === 1 && table.columns.find((it) => it.id === columns[0]);
  if (single && single.unique) return true;
  if (sameSet(primaryKey(table), columns)) return true;
  return table.uniques.some((it) => sameSet(it.columns, columns));
}

// Takes out whatever no longer fits, until all of it does.
function settle(model) {
  for (let size = -1; size !== sizeOf(model); ) {
    size = sizeOf(model);
    const all = new Lookup(model);
    for (const it of [...model.enums, ...model.sequences, ...model.tables, ...model.views])
      if (it.schema && !all.get(it.schema)) delete it.schema;
    for (const table of model.tables) settleTable(model, table, all);
    model.tables = model.tables.filter((it) => it.columns.length > 0);
    model.views = model.views.filter((it) => viewFits(model, it, all));
  }
  return model;
}
const sizeOf = (model) => JSON.stringify(model).length;

function settleTable(model, table, all) {
  const known = (id) => all.tableOf.get(id) === table;
  const fits = (expression) =>
    columnsIn(expression).every(({ c, family }) => known(c) && familyOf(model, all.get(c)) === family);
  const keyable = (id) => known(id) && isKeyable(model, all.get(id));
  table.columns = table.columns.filter((it) => (!it.enum || all.get(it.enum)) && fits(it.generated));
  if (table.primary && !table.primary.columns.every(keyable)) delete table.primary;
  for (const it of table.columns) if (!isKeyable(model, it)) delete it.unique, delete it.primary;
  table.indexes = table.indexes.filter((it) => it.parts.every((part) => indexPartFits(model, it, part, all, known, fits)) && fits(it.where));
  table.uniques = table.uniques.filter((it) => it.columns.every(keyable));
  table.checks = table.checks.filter((it) => fits(it.expression));
  table.policies = table.policies.filter((it) => fits(it.using) && fits(it.withCheck));
  for (const it of table.policies) it.to = it.to.filter((role) => typeof role === 'string' || all.get(role));
  table.keys = table.keys.filter((it) => keyFits(model, table, it, all));
}

const isKeyable = (model, column) => typeOf(model, column).key === true;

function indexPartFits(model, index, part, all, known, fits) {
  if (part.expression) return fits(part.expression);
  if (!known(part.c)) return false;
  const column = all.get(part.c);
  if (part.family) return familyOf(model, column) === part.family;
  return isKeyable(model, column);
}

function keyFits(model, table, key, all) {
  const target = all.get(key.target);
  if (!target || !key.columns.every((it) => all.tableOf.get(it) === table)) return false;
  if (!key.to.every((it) => all.tableOf.get(it) === target) || !isUnique(target, key.to)) return false;
  return key.columns.every((it, i) => sameType(model, all.get(it), all.get(key.to[i])));
}

function sameType(model, a, b) {
  const plain = (column) => `${column.enum ?? column.type} ${column.array ?? 0}`.replace(/(small|big)?serial/, (_, size) => ({ small: 'smallint', big: 'bigint' })[size] ?? 'integer');
  return plain(a) === plain(b);
}

function viewFits(model, view, all) {
  if (view.over) return view.fields.every(({ f }) => f < (all.get(view.over)?.fields.length ?? 0));
  const tables = view.tables.every((it) => all.get(it));
  const named = [...view.fields.map((it) => it.c), ...(view.groupBy ?? []), ...(view.orderBy ?? []).map((it) => it.c), view.join?.left, view.join?.right];
  const used = [...named.filter(Boolean).map((c) => ({ c })), ...columnsIn(view.where), ...view.fields.flatMap((it) => columnsIn(it.expression))];
  return tables && view.fields.length > 0 && used.every(({ c, family }) => all.get(c) && view.tables.includes(all.tableOf.get(c).id) && (!family || familyOf(model, all.get(c)) === family));
}

// The model without the things of these ids, and without what needs them.
function without(model, ids) {
  const copy = structuredClone(model);
  const stays = (it) => !ids.has(it.id);
  for (const kind of KINDS) copy[kind] = copy[kind].filter(stays);
  for (const table of copy.tables) for (const part of PARTS) table[part] = table[part].filter(stays);
  for (const view of copy.views) view.fields = view.fields.filter((it) => !ids.has(it.c));
  return settle(copy);
}

const idsOf = (model) => [...new Lookup(model).byId.keys()];

module.exports = { KINDS, Lookup, PARTS, columnsIn, emptyModel, familyOf, idsOf, isKeyable, isUnique, primaryKey, settle, typeOf, without };
