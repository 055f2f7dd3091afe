'use strict';

const { entity } = require('../../entity.js');
const { Column, ColumnBuilder } = require('../../column.js');

class SQLiteColumnBuilder extends ColumnBuilder {
  generatedAlwaysAs(as, config) {
    this.changing().generated = { as, type: 'always', mode: config?.mode ?? 'virtual' };
    return this;
  }
}
entity('SQLiteColumnBuilder', SQLiteColumnBuilder);

class SQLiteColumn extends Column {}
entity('SQLiteColumn', SQLiteColumn);

module.exports = { SQLiteColumnBuilder, SQLiteColumn };
