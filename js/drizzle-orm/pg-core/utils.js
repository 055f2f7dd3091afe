'use strict';

const { ViewBaseConfig } = require('../sql/sql.js');
const { tableConfig, COMMON_KINDS } = require('../table_config.js');
const { PgPolicy } = require('./objects.js');
const { EnableRLS } = require('./table.js');
const { PgViewConfig } = require('./view.js');

const KINDS = [[PgPolicy, 'policies'], ...COMMON_KINDS];

function getTableConfig(table) {
  return Object.assign(tableConfig(table, KINDS), { enableRLS: table[EnableRLS] });
}

function getViewConfig(view) {
  return { ...view[ViewBaseConfig], ...view[PgViewConfig] };
}

module.exports = { getTableConfig, getViewConfig, getMaterializedViewConfig: getViewConfig };
