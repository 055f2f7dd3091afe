'use strict';
// `customType`: a column whose SQL type the schema makes itself.

const { entity } = require('./entity.js');
const { nameAndConfig } = require('./column.js');

// The `customType` function of a dialect, whose column classes extend the given ones.
function makeCustomType(columnType, BaseColumn, BaseBuilder) {
  class CustomColumn extends BaseColumn {
    constructor(table, config) {
      super(table, config);
      this.sqlName = config.customTypeParams.dataType(config.fieldConfig);
    }
    getSQLType() {
      return this.sqlName;
    }
    mapToDriverValue(value) {
      const { toDriver } = this.config.customTypeParams;
      return typeof toDriver === 'function' ? toDriver(value) : value;
    }
  }
  class CustomColumnBuilder extends BaseBuilder {
    constructor(name, fieldConfig, customTypeParams) {
      super(name, 'custom', columnType);
      this.config.fieldConfig = fieldConfig;
      this.config.customTypeParams = customTypeParams;
    }
    build(table) {
      return new CustomColumn(table, this.config);
    }
  }
  entity(columnType, CustomColumn);
  entity(columnType + 'Builder', CustomColumnBuilder);

  function customType(customTypeParams) {
    return (a, b) => {
      const { name } = nameAndConfig(a, b);
      const given = typeof a === 'object' && a !== null ? a : b;
      return new CustomColumnBuilder(name, given, customTypeParams);
    };
  }
  customType.Column = CustomColumn;
  customType.Builder = CustomColumnBuilder;
  return customType;
}

module.exports = { makeCustomType };
