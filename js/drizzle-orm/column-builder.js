'use strict';

module.exports = require('./column.js');
