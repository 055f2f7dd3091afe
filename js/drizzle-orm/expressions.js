'use strict';
// A path that Drizzle removed and projects still import.

module.exports = require('./sql/expressions.js');
