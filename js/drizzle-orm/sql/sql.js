'use strict';
// SQL templates: lists of chunks. They are turned into text by the serializer
// (serialize/sql_text.js), which knows the quoting and the casing.

const { entity } = require('../entity.js');
const { Table } = require('../table.js');

class SQL {
  constructor(queryChunks) {
    this.queryChunks = queryChunks;
  }
  append(query) {
    this.queryChunks.push(...query.queryChunks);
    return this;
  }
  getSQL() {
    return this;
  }
  as(alias) {
    return alias === undefined ? this : new SQL.Aliased(this, alias);
  }
  mapWith() {
    return this;
  }
  inlineParams() {
    return this;
  }
  if(condition) {
    return condition ? this : undefined;
  }
}
entity('SQL', SQL);

class StringChunk {
  constructor(value) {
    this.value = Array.isArray(value) ? value : [value];
  }
  getSQL() {
    return new SQL([this]);
  }
}
entity('StringChunk', StringChunk);

class Name {
  constructor(value) {
    this.value = value;
  }
  getSQL() {
    return new SQL([this]);
  }
}
entity('Name', Name);

// A column by its name alone, whatever the place.
class ColumnName {
  constructor(column) {
    this.column = column;
  }
}

const noopDecoder = { mapFromDriverValue: (value) => value };
const noopEncoder = { mapToDriverValue: (value) => value };
const noopMapper = { ...noopDecoder, ...noopEncoder };

class Param {
  constructor(value, encoder = noopEncoder) {
    this.value = value;
    this.encoder = encoder;
  }
  getSQL() {
    return new SQL([this]);
  }
}
entity('Param', Param);

class Placeholder {
  constructor(name) {
    this.name = name;
  }
  getSQL() {
    return new SQL([this]);
  }
}
entity('Placeholder', Placeholder);

class Aliased {
  constructor(sql, fieldAlias) {
    this.sql = sql;
    this.fieldAlias = fieldAlias;
    this.isSelectionField = false;
  }
  getSQL() {
    return this.sql;
  }
  clone() {
    return new Aliased(this.sql, this.fieldAlias);
  }
}
SQL.Aliased = entity('SQL.Aliased', Aliased);

const ViewBaseConfig = Symbol.for('drizzle:ViewBaseConfig');
const IsDrizzleView = Symbol.for('drizzle:IsDrizzleView');

class View {
  constructor({ name, schema, selectedFields, query }) {
    this[ViewBaseConfig] = {
      name,
      originalName: name,
      schema,
      selectedFields,
      query,
      isExisting: !query,
      isAlias: false,
    };
  }
  getSQL() {
    return new SQL([this]);
  }
}
entity('View', View);
View.prototype[IsDrizzleView] = true;

class Subquery {
  constructor(sql, selectedFields, alias, isWith = false) {
    this._ = { brand: 'Subquery', sql, selectedFields, alias, isWith };
  }
  getSQL() {
    return new SQL([this]);
  }
}
entity('Subquery', Subquery);

class WithSubquery extends Subquery {}
entity('WithSubquery', WithSubquery);

Table.prototype.getSQL = function () {
  return new SQL([this]);
};

function sql(strings, ...params) {
  const chunks = [];
  if (params.length > 0 || (strings.length > 0 && strings[0] !== ''))
    chunks.push(new StringChunk(strings[0]));
  for (let i = 0; i < params.length; i++) chunks.push(params[i], new StringChunk(strings[i + 1]));
  return new SQL(chunks);
}
sql.empty = () => new SQL([]);
sql.fromList = (list) => new SQL(list);
sql.raw = (text) => new SQL([new StringChunk(text)]);
sql.identifier = (value) => new Name(value);
sql.placeholder = (name) => new Placeholder(name);
sql.param = (value, encoder) => new Param(value, encoder);
sql.join = (chunks, separator) => {
  const joined = [];
  for (const [i, chunk] of [...chunks].entries()) {
    if (i > 0 && separator !== undefined) joined.push(separator);
    joined.push(chunk);
  }
  return new SQL(joined);
};

function isSQLWrapper(value) {
  return value !== null && value !== undefined && typeof value.getSQL === 'function';
}

function isDriverValueEncoder(value) {
  return (
    typeof value === 'object' && value !== null && typeof value.mapToDriverValue === 'function'
  );
}

module.exports = {
  SQL,
  StringChunk,
  Name,
  ColumnName,
  Param,
  Placeholder,
  View,
  ViewBaseConfig,
  Subquery,
  WithSubquery,
  sql,
  name: (value) => new Name(value),
  param: (value, encoder) => new Param(value, encoder),
  placeholder: (name) => new Placeholder(name),
  noopDecoder,
  noopEncoder,
  noopMapper,
  isSQLWrapper,
  isDriverValueEncoder,
  isView: (view) => view instanceof View,
  getViewName: (view) => view[ViewBaseConfig].name,
  fillPlaceholders: (params) => params,
};
