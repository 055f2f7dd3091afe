'use strict';
// Conditions, orderings, aggregates and vector distances. Their texts are part
// of what migrations are made of.

const { Column } = require('../column.js');
const { Table } = require('../table.js');
const {
  SQL,
  StringChunk,
  Param,
  Placeholder,
  View,
  sql,
  isSQLWrapper,
  isDriverValueEncoder,
} = require('./sql.js');

// A plain value compared with a column travels the way the column's values do.
function bindIfParam(value, column) {
  const plain =
    isDriverValueEncoder(column) &&
    !isSQLWrapper(value) &&
    !(value instanceof Param) &&
    !(value instanceof Placeholder) &&
    !(value instanceof Column) &&
    !(value instanceof Table) &&
    !(value instanceof View);
  return plain ? new Param(value, column) : value;
}

const comparison = (operator) => {
  const between = new StringChunk(` ${operator} `);
  return (left, right) =>
    new SQL([new StringChunk(''), left, between, bindIfParam(right, left), new StringChunk('')]);
};

const matching = (operator) => (column, value) => sql`${column} ${sql.raw(operator)} ${value}`;

function combined(operator, unfiltered) {
  const conditions = unfiltered.filter((condition) => condition !== undefined);
  if (conditions.length === 0) return undefined;
  if (conditions.length === 1) return new SQL(conditions);
  return new SQL([
    new StringChunk('('),
    sql.join(conditions, new StringChunk(operator)),
    new StringChunk(')'),
  ]);
}

const membership = (operator, whenEmpty) => (column, values) => {
  if (!Array.isArray(values))
    return sql`${column} ${sql.raw(operator)} ${bindIfParam(values, column)}`;
  if (values.length === 0) return sql.raw(whenEmpty);
  const bound = values.map((value) => bindIfParam(value, column));
  return sql`${column} ${sql.raw(operator)} ${bound}`;
};

const range = (operator) => (column, low, high) =>
  sql`${column} ${sql.raw(operator)} ${bindIfParam(low, column)} and ${bindIfParam(high, column)}`;

const arrays = (name, operator) => (column, values) => {
  if (Array.isArray(values) && values.length === 0)
    throw new Error(`${name} requires at least one value`);
  return sql`${column} ${sql.raw(operator)} ${bindIfParam(values, column)}`;
};

const distance = (operator) => (column, value) =>
  sql`${column} ${sql.raw(operator)} ${Array.isArray(value) ? JSON.stringify(value) : value}`;

const aggregate = (before) => (expression) => sql`${sql.raw(before)}${expression})`;

function concat(column, value) {
  return sql`${column} || ${bindIfParam(value, column)}`;
}

function substring(column, { from, for: length }) {
  const chunks = [sql`substring(`, column];
  if (from !== undefined) chunks.push(sql` from `, bindIfParam(from, column));
  if (length !== undefined) chunks.push(sql` for `, bindIfParam(length, column));
  chunks.push(sql`)`);
  return sql.join(chunks);
}

const conditions = {
  bindIfParam,
  eq: comparison('='),
  ne: comparison('<>'),
  gt: comparison('>'),
  gte: comparison('>='),
  lt: comparison('<'),
  lte: comparison('<='),
  and: (...unfiltered) => combined(' and ', unfiltered),
  or: (...unfiltered) => combined(' or ', unfiltered),
  not: (condition) => sql`not ${condition}`,
  inArray: membership('in', 'false'),
  notInArray: membership('not in', 'true'),
  isNull: (value) => sql`${value} is null`,
  isNotNull: (value) => sql`${value} is not null`,
  exists: (subquery) => sql`exists ${subquery}`,
  notExists: (subquery) => sql`not exists ${subquery}`,
  between: range('between'),
  notBetween: range('not between'),
  like: matching('like'),
  notLike: matching('not like'),
  ilike: matching('ilike'),
  notIlike: matching('not ilike'),
  arrayContains: arrays('arrayContains', '@>'),
  arrayContained: arrays('arrayContained', '<@'),
  arrayOverlaps: arrays('arrayOverlaps', '&&'),
};

const orderings = {
  asc: (column) => sql`${column} asc`,
  desc: (column) => sql`${column} desc`,
};

const functions = {
  count: (expression) => sql`count(${expression || sql.raw('*')})`,
  countDistinct: aggregate('count(distinct '),
  avg: aggregate('avg('),
  avgDistinct: aggregate('avg(distinct '),
  sum: aggregate('sum('),
  sumDistinct: aggregate('sum(distinct '),
  max: aggregate('max('),
  min: aggregate('min('),
  l2Distance: distance('<->'),
  l1Distance: distance('<+>'),
  innerProduct: distance('<#>'),
  cosineDistance: distance('<=>'),
  hammingDistance: distance('<~>'),
  jaccardDistance: distance('<%>'),
};

module.exports = { ...conditions, ...orderings, ...functions, concat, substring };
