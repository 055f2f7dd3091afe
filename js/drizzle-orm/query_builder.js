'use strict';
// The part of Drizzle's query builder that views are made with: SELECT.

const { selectSql } = require('./select_sql.js');
const { fieldsOf, addFields, nameOfSource } = require('./selections.js');
const { SQL, Subquery, WithSubquery } = require('./sql/sql.js');

const JOINS = {
  leftJoin: ['left', false],
  leftJoinLateral: ['left', true],
  rightJoin: ['right', false],
  innerJoin: ['inner', false],
  innerJoinLateral: ['inner', true],
  fullJoin: ['full', false],
  crossJoin: ['cross', false],
  crossJoinLateral: ['cross', true],
};

const SET_OPERATORS = {
  union: ['union', false],
  unionAll: ['union', true],
  intersect: ['intersect', false],
  intersectAll: ['intersect', true],
  except: ['except', false],
  exceptAll: ['except', true],
};

// One SELECT. Callbacks given to its methods receive the selected fields.
class Select {
  constructor(source, { fields, withList, distinct, dialect }) {
    this.isPartial = fields !== undefined;
    this.dialect = dialect;
    this.sourceName = nameOfSource(source);
    this.config = {
      table: source,
      fields: { ...(fields ?? fieldsOf(source)) },
      withList,
      distinct,
      joins: [],
      setOperators: [],
    };
  }

  join(joinType, lateral, table, on) {
    const { config } = this;
    const alias = nameOfSource(table);
    if (!this.isPartial) this.addJoined(alias, table);
    const condition = typeof on === 'function' ? on(this.expressions()) : on;
    config.joins.push({ joinType, lateral, table, alias, on: condition });
    return this;
  }

  // Without a selection of its own, a join selects each table under its name.
  addJoined(alias, table) {
    const { config } = this;
    if (config.joins.length === 0 && typeof this.sourceName === 'string')
      config.fields = { [this.sourceName]: config.fields };
    if (typeof alias === 'string' && !(table instanceof SQL))
      config.fields[alias] = fieldsOf(table);
  }

  // The fields as conditions see them: the expressions behind the aliases.
  expressions() {
    return mapFields(this.config.fields, (field) =>
      field instanceof SQL.Aliased && !field.isSelectionField ? field.sql : field
    );
  }

  // The fields as ORDER BY and GROUP BY see them: aliases by their name.
  aliases() {
    return mapFields(this.config.fields, asSelected);
  }

  where(condition) {
    this.config.where = typeof condition === 'function' ? condition(this.expressions()) : condition;
    return this;
  }
  having(condition) {
    this.config.having =
      typeof condition === 'function' ? condition(this.expressions()) : condition;
    return this;
  }
  groupBy(...columns) {
    this.config.groupBy = this.listed(columns);
    return this;
  }
  orderBy(...columns) {
    this.last().orderBy = this.listed(columns);
    return this;
  }
  limit(limit) {
    this.last().limit = limit;
    return this;
  }
  offset(offset) {
    this.last().offset = offset;
    return this;
  }
  for(strength, config = {}) {
    this.config.lockingClause = { strength, config };
    return this;
  }
  $dynamic() {
    return this;
  }

  listed(columns) {
    if (typeof columns[0] !== 'function') return columns;
    const given = columns[0](this.aliases());
    return Array.isArray(given) ? given : [given];
  }

  // After a set operator, what follows belongs to the whole.
  last() {
    const { setOperators } = this.config;
    return setOperators.length > 0 ? setOperators[setOperators.length - 1] : this.config;
  }

  combine(type, isAll, right) {
    const operators = { union, unionAll, intersect, intersectAll, except, exceptAll };
    const rightSelect = typeof right === 'function' ? right(operators) : right;
    this.config.setOperators.push({ type, isAll, rightSelect });
    return this;
  }

  getSelectedFields() {
    return this.config.fields;
  }
  getSQL() {
    return selectSql(this.config, this.dialect);
  }
  as(alias) {
    return subquery(Subquery, this.getSQL(), this.config.fields, alias, false);
  }
}

for (const name of Object.keys(JOINS))
  Select.prototype[name] = function (table, on) {
    return this.join(...JOINS[name], table, on);
  };

for (const name of Object.keys(SET_OPERATORS))
  Select.prototype[name] = function (right) {
    return this.combine(...SET_OPERATORS[name], right);
  };

const setOperator =
  (name) =>
  (left, ...others) =>
    others.reduce((select, right) => select[name](right), left);

const union = setOperator('union');
const unionAll = setOperator('unionAll');
const intersect = setOperator('intersect');
const intersectAll = setOperator('intersectAll');
const except = setOperator('except');
const exceptAll = setOperator('exceptAll');

function asSelected(field) {
  if (!(field instanceof SQL.Aliased)) return field;
  return Object.assign(field.clone(), { isSelectionField: true });
}

function mapFields(fields, map) {
  const mapped = {};
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    const nested = field !== null && Object.getPrototypeOf(field) === Object.prototype;
    mapped[key] = nested ? mapFields(field, map) : map(field);
  }
  return mapped;
}

function subquery(Type, sql, fields, alias, isWith) {
  return addFields(new Type(sql, fields, alias, isWith), alias, fields);
}

class QueryBuilder {
  constructor(dialect) {
    this.dialect = dialect;
  }
  select(fields) {
    return this.selectWith({ fields });
  }
  selectDistinct(fields) {
    return this.selectWith({ fields, distinct: true });
  }
  selectDistinctOn(on, fields) {
    return this.selectWith({ fields, distinct: { on } });
  }
  selectWith(options) {
    const { dialect } = this;
    return { from: (source) => new Select(source, { dialect, ...options }) };
  }
  $with(alias, selection) {
    return {
      as: (source) => {
        const query = typeof source === 'function' ? source(this) : source;
        const fields = selection ?? query.getSelectedFields?.() ?? {};
        return subquery(WithSubquery, query.getSQL(), fields, alias, true);
      },
    };
  }
  with(...withList) {
    return {
      select: (fields) => this.selectWith({ fields, withList }),
      selectDistinct: (fields) => this.selectWith({ fields, withList, distinct: true }),
      selectDistinctOn: (on, fields) => this.selectWith({ fields, withList, distinct: { on } }),
    };
  }
}

class PgQueryBuilder extends QueryBuilder {
  constructor() {
    super('postgresql');
  }
}

class SQLiteQueryBuilder extends QueryBuilder {
  constructor() {
    super('sqlite');
  }
}

module.exports = {
  PgQueryBuilder,
  SQLiteQueryBuilder,
  union,
  unionAll,
  intersect,
  intersectAll,
  except,
  exceptAll,
};
