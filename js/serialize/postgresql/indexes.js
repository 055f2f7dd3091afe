'use strict';

const { SQL } = require('../../drizzle-orm/sql/sql.js');
const { checkIndexColumns } = require('../columns_of.js');
const { Mistake } = require('../mistake.js');

const VECTOR_OPERATOR_CLASSES =
  'vector_l2_ops, vector_ip_ops, vector_cosine_ops, vector_l1_ops, bit_hamming_ops, ' +
  'bit_jaccard_ops, halfvec_l2_ops, sparsevec_l2_ops';

function serializeIndex(context, config, index) {
  const { columns, unique, where, concurrently, method, with: options } = index.config;
  checkIndexColumns(columns, config);
  const name = index.config.name || unnamed(context, config, columns);
  context.checkName(name, 'an index', `of table '${config.name}'`);
  return {
    name,
    columns: columns.map((column) => indexColumn(context, config, name, column)),
    isUnique: unique ?? false,
    where: where ? context.sql.qualified(where) : undefined,
    concurrently: concurrently ?? false,
    method: method ?? 'btree',
    with: options ?? {},
  };
}

function unnamed(context, config, columns) {
  for (const column of columns) {
    if (!(column instanceof SQL)) continue;
    throw new Mistake(
      `an index of table '${config.name}' has the expression ` +
        `${context.sql.unqualified(column)} and no name`,
      "a name can be made from columns only: index('name').on(…)"
    );
  }
  return `${config.name}_${context.columnNames(columns).join('_')}_index`;
}

function indexColumn(context, config, index, column) {
  if (column instanceof SQL)
    return {
      expression: context.sql.unqualified(column),
      asc: true,
      isExpression: true,
      nulls: 'last',
    };
  const { order, nulls, opClass } = column.indexConfig;
  if (column.columnType === 'PgVector' && opClass === undefined)
    throw new Mistake(
      `index '${index}' of table '${config.name}' is on the vector column '${column.name}' ` +
        'and names no operator class',
      `write ${column.name}.op('vector_l2_ops'), or one of ${VECTOR_OPERATOR_CLASSES}`
    );
  return {
    expression: context.columnName(column),
    isExpression: false,
    asc: order === 'asc',
    nulls,
    opclass: opClass,
  };
}

module.exports = { serializeIndex };
