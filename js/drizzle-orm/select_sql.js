'use strict';
// The SQL of one SELECT, word for word as Drizzle writes it: view definitions are
// compared with those of earlier snapshots.

const { Column } = require('./column.js');
const { flatFields } = require('./selections.js');
const { Table, TableName, OriginalName, Schema, IsAlias } = require('./table.js');
const { SQL, Subquery, View, ViewBaseConfig, ColumnName, sql } = require('./sql/sql.js');

const comma = sql`, `;

function selectSql(config, dialect) {
  const { table, joins, where, having, groupBy, orderBy, limit, offset, setOperators } = config;
  const query = sql.join([
    withSql(config.withList),
    sql.raw('select'),
    distinctSql(config.distinct),
    sql.raw(' '),
    selectionSql(flatFields(config.fields), joins.length === 0, dialect),
    sql.raw(' from '),
    fromSql(table),
    ...joins.map((join) => joinSql(join)),
    where && sql` where ${where}`,
    listSql(' group by ', groupBy),
    having && sql` having ${having}`,
    listSql(' order by ', orderBy),
    limitSql(limit),
    offset ? sql` offset ${offset}` : undefined,
    lockingSql(config.lockingClause),
  ]);
  return setOperators.reduce((left, operator) => combinedSql(left, operator, dialect), query);
}

function withSql(queries) {
  if (!queries?.length) return undefined;
  const each = queries.map(
    ({ _: { alias, sql: text } }) => sql`${sql.identifier(alias)} as (${text})`
  );
  return sql`with ${sql.join(each, comma)} `;
}

function distinctSql(distinct) {
  if (!distinct) return undefined;
  return distinct === true ? sql` distinct` : sql` distinct on (${sql.join(distinct.on, comma)})`;
}

function listSql(before, list) {
  return list?.length ? sql`${sql.raw(before)}${sql.join(list, comma)}` : undefined;
}

function limitSql(limit) {
  const given = typeof limit === 'object' || (typeof limit === 'number' && limit >= 0);
  return given ? sql` limit ${limit}` : undefined;
}

// From a single table, columns go by their name alone.
function selectionSql(fields, isSingleTable, dialect) {
  return sql.join(
    fields.map((field) => fieldSql(field, isSingleTable, dialect)),
    comma
  );
}

function fieldSql(field, isSingleTable, dialect) {
  if (field instanceof Column) return columnSql(field, isSingleTable, dialect);
  if (field instanceof Subquery) return field;
  if (!(field instanceof SQL.Aliased)) return expressionSql(field, isSingleTable);
  const name = sql.identifier(field.fieldAlias);
  if (field.isSelectionField) return name;
  return sql`${expressionSql(field.sql, isSingleTable)} as ${name}`;
}

function expressionSql(expression, isSingleTable) {
  if (!isSingleTable) return expression;
  const bare = (chunk) => (chunk instanceof Column ? new ColumnName(chunk) : chunk);
  return new SQL(expression.queryChunks.map(bare));
}

function columnSql(column, isSingleTable, dialect) {
  const name = isSingleTable ? new ColumnName(column) : column;
  if (dialect !== 'sqlite') return name;
  const table = sql.identifier(column.table[TableName]);
  const text = isSingleTable ? name : sql`${table}.${new ColumnName(column)}`;
  return column.columnType === 'SQLiteNumericBigInt' ? sql`cast(${text} as text)` : text;
}

function fromSql(table) {
  if (!(table instanceof Table) || !table[IsAlias]) return table;
  return sql`${qualified(table[Schema], table[OriginalName])} ${sql.identifier(table[TableName])}`;
}

function qualified(schema, name) {
  return sql`${schema ? sql`${sql.identifier(schema)}.` : undefined}${sql.identifier(name)}`;
}

function joinSql({ joinType, lateral, table, alias, on }) {
  const words = sql.raw(` ${joinType} join${lateral ? ' lateral' : ''} `);
  return sql`${words}${joinedSql(table, alias)}${on ? sql` on ${on}` : undefined}`;
}

function joinedSql(table, alias) {
  let name, original, schema;
  if (table instanceof Table)
    [name, original, schema] = [table[TableName], table[OriginalName], table[Schema]];
  else if (table instanceof View)
    ({ name, originalName: original, schema } = table[ViewBaseConfig]);
  else return table;
  const given = name === original ? undefined : sql` ${sql.identifier(alias)}`;
  return sql`${qualified(schema, original)}${given}`;
}

function lockingSql(clause) {
  if (!clause) return undefined;
  const { strength, config } = clause;
  const of = config.of && [].concat(config.of);
  const wait = config.noWait ? ' nowait' : config.skipLocked ? ' skip locked' : '';
  return sql`${sql.raw(` for ${strength}`)}${listSql(' of ', of)}${sql.raw(wait)}`;
}

function combinedSql(left, { type, isAll, rightSelect, orderBy, limit, offset }, dialect) {
  const inside = dialect === 'postgresql' ? (query) => sql`(${query})` : (query) => query;
  const order = listSql(' order by ', orderBy?.map(orderedName));
  return sql.join([
    inside(left),
    sql.raw(` ${type} ${isAll ? 'all ' : ''}`),
    inside(rightSelect.getSQL()),
    order && dialect === 'postgresql' ? sql`${order} ` : order,
    limitSql(limit),
    offset ? sql` offset ${offset}` : undefined,
  ]);
}

// A combined query is ordered by names of its columns, which have no table.
function orderedName(item) {
  if (item instanceof Column) return new ColumnName(item);
  return item instanceof SQL ? expressionSql(item, true) : item;
}

module.exports = { selectSql };
