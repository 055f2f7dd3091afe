'use strict';
// Random rows in every table of a model, and what the tables hold.

const path = require('node:path');
const { MODULES } = require('../oracle/lib/project.js');
const { Lookup, familyOf, typeOf } = require('./model.js');
const casing = require(path.join(MODULES, 'drizzle-orm/casing.cjs'));

const CASINGS = { snake_case: casing.toSnakeCase, camelCase: casing.toCamelCase };

const ROWS = 4;

// Rows of one number refer to each other, because all their values are of that number.
async function fill(model, database, random) {
  let rest = model.tables;
  for (let round = 0; round < 3 && rest.length > 0; round++) {
    const failed = [];
    for (const table of rest) if (!(await fillTable(model, table, database, random))) failed.push(table);
    rest = failed;
  }
  return model.tables.length - rest.length;
}

async function fillTable(model, table, database, random) {
  const columns = table.columns.filter((it) => !it.generated && !it.identity && !(it.type && typeOf(model, it).serial));
  if (columns.length === 0) return true;
  const names = columns.map((it) => database.quoted(nameOf(model, it))).join(', ');
  const rows = Array.from({ length: ROWS }, (_, i) => `(${columns.map((it) => value(model, it, i + 1, random)).join(', ')})`);
  const insert = (some) => succeeds(database, `${database.begin ?? ''}insert into ${pathOf(model, table, database)} (${names}) values ${some.join(', ')}`);
  if (await insert(rows)) return true;
  let any = false;
  for (const row of rows) any = (await insert([row])) || any;
  return any;
}

async function succeeds(database, text) {
  try {
    await database.execute(text);
    return true;
  } catch {
    return false;
  }
}

function value(model, column, n, random) {
  if (!column.notNull && !column.primary && random.chance(0.2)) return 'NULL';
  if (column.enum) {
    const values = new Lookup(model).get(column.enum).values;
    return column.array ? "'{}'" : `'${values[n % values.length].replaceAll("'", "''")}'`;
  }
  if (!column.array) return typeOf(model, column).value(n);
  const family = familyOf(model, column);
  if (column.array.length > 1) return "'{}'";
  return ['int array', 'real array'].includes(family) ? `'{${n},${n + 1}}'` : family === 'text array' ? `'{"a","v${n}"}'` : "'{}'";
}

// Keys that serve as names follow the casing.
const nameOf = (model, column) => (column.key && model.casing ? CASINGS[model.casing](column.key) : column.name);

function pathOf(model, table, database) {
  const schema = table.schema && new Lookup(model).get(table.schema);
  return `${schema ? `${database.quoted(schema.name)}.` : ''}${database.quoted(table.name)}`;
}

// Of every table the rows, with the columns that both models have alike: { table id: […] };
// when `meanwhile` stood between, without those that SQLite numbers there or makes of such.
async function contents(model, other, database, meanwhile = other) {
  const found = {};
  const others = new Lookup(other);
  const between = new Lookup(meanwhile);
  for (const table of model.tables.filter((it) => others.get(it.id))) {
    const all = new Lookup(model);
    const isAnew = (it) => isNumbered(it, between.get(it.id)) || it.generated?.some((part) => part.c && isAnew(all.get(part.c)));
    const columns = table.columns.filter((it) => isKept(it, others.get(it.id)) && !isAnew(it)).sort((a, b) => a.id - b.id);
    const list = columns.map((it) => database.text(database.quoted(nameOf(model, it))));
    const rows = await database.query(`select ${['1', ...list].join(', ')} from ${pathOf(model, table, database)}`);
    found[table.id] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return found;
}

// NULL is not kept where SQLite numbers the rows by the column.
function isNumbered(column, other) {
  const numbered = (it) => ['integer', 'flag', 'moment'].includes(it.type) && it.primary && !it.notNull;
  return other && numbered(column) !== numbered(other);
}

function isKept(column, other) {
  const shape = (it) => JSON.stringify([it.type, it.options, it.enum, it.array, it.generated]);
  return other && shape(column) === shape(other);
}

module.exports = { contents, fill };
