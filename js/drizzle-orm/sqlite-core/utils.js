'use strict';

const { ViewBaseConfig } = require('../sql/sql.js');
const { tableConfig, COMMON_KINDS } = require('../table_config.js');
const { IndexBuilder } = require('./indexes.js');

const KINDS = [[IndexBuilder, 'indexes'], ...COMMON_KINDS];

module.exports = {
  getTableConfig: (table) => tableConfig(table, KINDS),
  getViewConfig: (view) => ({ ...view[ViewBaseConfig] }),
};
