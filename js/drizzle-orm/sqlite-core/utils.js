'use strict';

const { ViewBaseConfig } = require('../sql/sql.js');
const { tableConfig, COMMON_KINDS } = require('../table_config.js');

module.exports = {
  getTableConfig: (table) => tableConfig(table, COMMON_KINDS),
  getViewConfig: (view) => ({ ...view[ViewBaseConfig] }),
};
