'use strict';

module.exports = { ...require('./sql.js'), ...require('./expressions.js') };
