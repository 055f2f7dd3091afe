'use strict';

const { makeCustomType } = require('../../custom_type.js');
const { PgColumn, PgColumnBuilder } = require('./common.js');

module.exports = { customType: makeCustomType('PgCustomColumn', PgColumn, PgColumnBuilder) };
