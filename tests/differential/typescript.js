'use strict';
// A model as the text of a schema file.

const { Lookup } = require('./model.js');
const { TYPES } = require('./types.js');

const CORE = {
  postgresql: { module: 'pg-core', prefix: 'pg', column: 'AnyPgColumn' },
  sqlite: { module: 'sqlite-core', prefix: 'sqlite', column: 'AnySQLiteColumn' },
};
CORE.turso = CORE.sqlite;

const text = (value) => JSON.stringify(value);
const inTemplate = (part) => part.replace(/[\\`]|\$\{/g, '\\$&');

// `{ a: 1, b: "x" }` of the entries that are given.
function options(entries) {
  const given = Object.entries(entries).filter(([, value]) => value !== undefined);
  return given.length === 0 ? '' : `{ ${given.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
}
const call = (name, ...args) => `${name}(${args.filter((it) => it !== '' && it !== undefined).join(', ')})`;

class Printer {
  constructor(model) {
    this.model = model;
    this.all = new Lookup(model);
    this.core = CORE[model.dialect];
    this.imports = new Set();
  }

  print() {
    const model = this.model;
    const lines = [
      ...model.schemas.map((it) => this.declare(it, this.use('pgSchema'), text(it.name))),
      ...model.enums.map((it) => this.declare(it, this.member(it, 'enum', 'pgEnum'), text(it.name), text(it.values))),
      ...model.sequences.map((it) => this.declare(it, this.member(it, 'sequence', 'pgSequence'), text(it.name), options(it.options))),
      ...model.roles.map((it) => this.role(it)),
      ...model.tables.map((it) => this.table(it)),
      ...model.tables.flatMap((table) => table.policies.filter((it) => it.linked).map((it) => this.linkedPolicy(it, table))),
      ...model.views.map((it) => this.view(it)),
    ];
    return [...this.header(), ...lines, ''].join('\n');
  }

  // Imports, and the custom types that are in use.
  header() {
    const custom = Object.entries(TYPES[this.model.dialect]).filter(([name, type]) => type.custom && this.imports.delete(name));
    if (custom.length > 0) this.use('customType');
    return [
      'import { and, asc, count, desc, eq, gt, isNotNull, lt, max, or, sql, type SQL } from "drizzle-orm";',
      `import { ${[...this.imports].sort().map((it) => `${it}, `).join('')}type ${this.core.column} } from "drizzle-orm/${this.core.module}";`,
      ...custom.map(([name, type]) => `const ${name} = customType<{ data: string }>({ dataType: () => ${text(type.custom)} });`),
    ];
  }

  use(name) {
    this.imports.add(name);
    return name;
  }
  constant(it) {
    return `x${String(it.id).padStart(3, '0')}`;
  }
  // `pgTable`, or `x001.table` in a schema.
  member(it, name, plain) {
    return it.schema ? `${this.constant(this.all.get(it.schema))}.${name}` : this.use(plain);
  }
  declare(it, ...words) {
    return `export const ${this.constant(it)} = ${call(...words)};`;
  }

  role(role) {
    const maker = call(this.use('pgRole'), text(role.name), role.existing ? '' : options(role.options));
    return `export const ${this.constant(role)} = ${maker}${role.existing ? '.existing()' : ''};`;
  }
  linkedPolicy(policy, table) {
    return `export const ${this.constant(policy)} = ${this.policy(policy, (id) => this.outer(id))}.link(${this.constant(table)});`;
  }

  table(table) {
    const columns = table.columns.map((it) => `  ${this.key(it)}: ${this.column(it, table)},\n`).join('');
    const extras = this.extras(table).map((it) => `  ${it},\n`).join('');
    const maker = this.member(table, 'table', `${this.core.prefix}Table`);
    const security = table.rowSecurity ? '.enableRLS()' : '';
    return `export const ${this.constant(table)} = ${call(maker, text(table.name), `{\n${columns}}`, extras && `(t) => [\n${extras}]`)}${security};`;
  }

  key(column) {
    return column.key ?? `c${column.id}`;
  }
  own(id) {
    return `t.${this.key(this.all.get(id))}`;
  }
  outer(id) {
    return `${this.constant(this.all.tableOf.get(id))}.${this.key(this.all.get(id))}`;
  }

  expression(parts, column) {
    return `sql\`${parts.map((it) => (typeof it === 'string' ? inTemplate(it) : 'value' in it ? `\${${it.value}}` : `\${${column(it.c)}}`)).join('')}\``;
  }

  column(column) {
    const type = TYPES[this.model.dialect][column.type];
    const maker = column.enum ? this.constant(this.all.get(column.enum)) : this.use(type.call ?? column.type);
    const name = column.key ? '' : text(column.name);
    return call(maker, name, column.options) + this.modifiers(column);
  }

  modifiers(column) {
    let text = (column.array ?? []).map((size) => `.array(${size || ''})`).join('');
    if (column.primary) text += `.primaryKey(${column.autoIncrement ? '{ autoIncrement: true }' : ''})`;
    if (column.notNull) text += '.notNull()';
    if (column.default) text += `.default(${column.default})`;
    if (column.unique) text += this.unique(column.unique);
    if (column.identity) text += `.generated${column.identity.always ? 'Always' : 'ByDefault'}AsIdentity(${options(column.identity.options)})`;
    if (column.generated) text += this.generated(column);
    return text + this.reference(column);
  }
  unique({ name, notDistinct }) {
    return `.${call('unique', name ? text(name) : notDistinct ? 'undefined' : '', notDistinct && '{ nulls: "not distinct" }')}`;
  }
  generated(column) {
    const mode = column.stored === undefined ? '' : `{ mode: "${column.stored ? 'stored' : 'virtual'}" }`;
    return `.${call('generatedAlwaysAs', `(): SQL => ${this.expression(column.generated, (id) => this.outer(id))}`, mode)}`;
  }
  // A foreign key of one column may stand at the column.
  reference(column) {
    const key = this.all.tableOf.get(column.id).keys.find((it) => it.atColumn && it.columns[0] === column.id);
    if (!key) return '';
    return `.${call('references', `(): ${this.core.column} => ${this.outer(key.to[0])}`, options(this.actions(key)))}`;
  }
  actions(key) {
    return { onDelete: key.onDelete && text(key.onDelete), onUpdate: key.onUpdate && text(key.onUpdate) };
  }

  extras(table) {
    const own = (ids) => ids.map((id) => this.own(id)).join(', ');
    return [
      ...(table.primary ? [call(this.use('primaryKey'), options({ columns: `[${own(table.primary.columns)}]`, name: table.primary.name && text(table.primary.name) }))] : []),
      ...table.indexes.map((it) => this.index(it)),
      ...table.uniques.map((it) => `${call(this.use('unique'), it.name && text(it.name))}.on(${own(it.columns)})${it.notDistinct ? '.nullsNotDistinct()' : ''}`),
      ...table.keys.filter((it) => !it.atColumn).map((it) => this.foreignKey(it, own)),
      ...table.checks.map((it) => call(this.use('check'), text(it.name), this.expression(it.expression, (id) => this.own(id)))),
      ...table.policies.filter((it) => !it.linked).map((it) => this.policy(it, (id) => this.own(id))),
    ];
  }

  foreignKey(key, own) {
    const { onDelete, onUpdate } = this.actions(key);
    const target = key.to.map((id) => this.outer(id)).join(', ');
    const entries = { columns: `[${own(key.columns)}]`, foreignColumns: `[${target}]`, name: key.name && text(key.name) };
    return call(this.use('foreignKey'), options(entries)) + (onDelete ? `.onDelete(${onDelete})` : '') + (onUpdate ? `.onUpdate(${onUpdate})` : '');
  }

  index(index) {
    const parts = index.parts.map((it) => this.indexPart(it)).join(', ');
    let text_ = call(this.use(index.unique ? 'uniqueIndex' : 'index'), index.name && text(index.name));
    text_ += index.method ? `.using(${text(index.method)}, ${parts})` : `.on${index.only ? 'Only' : ''}(${parts})`;
    if (index.concurrently) text_ += '.concurrently()';
    if (index.with) text_ += `.with(${options(index.with)})`;
    if (index.where) text_ += `.where(${this.expression(index.where, (id) => this.own(id))})`;
    return text_;
  }
  indexPart(part) {
    if (part.expression) return this.expression(part.expression, (id) => this.own(id));
    return this.own(part.c) + (part.order ? `.${part.order}()` : '') + (part.nulls ? `.nulls${part.nulls}()` : '') + (part.operators ? `.op(${text(part.operators)})` : '');
  }

  policy(policy, column) {
    const roles = policy.to.map((it) => (typeof it === 'string' ? text(it) : this.constant(this.all.get(it))));
    return call(this.use('pgPolicy'), text(policy.name), options({
      as: policy.as && text(policy.as),
      for: policy.for && text(policy.for),
      to: roles.length > 0 ? `[${roles.join(', ')}]` : undefined,
      using: policy.using && this.expression(policy.using, column),
      withCheck: policy.withCheck && this.expression(policy.withCheck, column),
    }));
  }

  view(view) {
    const kind = view.materialized ? 'MaterializedView' : 'View';
    const maker = this.member(view, view.materialized ? 'materializedView' : 'view', `${this.core.prefix}${kind}`);
    const fields = view.raw && `{ ${view.fields.map((it, i) => `f${i}: ${this.fieldType(it)}`).join(', ')} }`;
    let text_ = call(maker, text(view.name), fields);
    if (view.existing) return `export const ${this.constant(view)} = ${text_}.existing();`;
    if (view.using) text_ += `.using(${text(view.using)})`;
    if (view.with) text_ += `.with(${options(view.with)})`;
    if (view.noData) text_ += '.withNoData()';
    return `export const ${this.constant(view)} = ${text_}.as(${view.raw ? this.rawQuery(view) : this.query(view)});`;
  }

  fieldType(field) {
    const column = field.c && this.all.get(field.c);
    if (!column || column.enum || TYPES[this.model.dialect][column.type].custom) return call(this.use('text'), text(this.fieldName(field)));
    const type = TYPES[this.model.dialect][column.type];
    return call(this.use(type.call ?? column.type), text(this.fieldName(field)), type.call || column.type.startsWith('big') ? column.options : '');
  }
  fieldName(field) {
    return field.as ?? this.all.get(field.c).name;
  }
  fieldValue(field) {
    return field.c ? [{ c: field.c }] : field.expression;
  }

  rawQuery(view) {
    const parts = ['select '];
    view.fields.forEach((field, i) => {
      parts.push(i > 0 ? ', ' : '', ...this.fieldValue(field));
      if (field.as) parts.push(` as "${field.as.replaceAll('"', '""')}"`);
    });
    parts.push(' from ', { table: view.tables[0] });
    if (view.where) parts.push(' where ', ...view.where);
    if (view.limit) parts.push(` limit ${view.limit}`);
    return `sql\`${parts.map((it) => (typeof it === 'string' ? inTemplate(it) : `\${${it.table ? this.constant(this.all.get(it.table)) : 'value' in it ? it.value : this.outer(it.c)}}`)).join('')}\``;
  }

  query(view) {
    if (view.over) {
      const source = this.all.get(view.over);
      const below = this.constant(source);
      const keyOf = (f) => (source.over ? source.fields[f].f : f); // it may be over another
      return `(qb) => qb.select({ ${view.fields.map(({ f }) => `f${f}: ${below}.f${keyOf(f)}`).join(', ')} }).from(${below})`;
    }
    const outer = (id) => this.outer(id);
    const fields = view.fields.map((it, i) => {
      if (it.c && !it.as) return `f${i}: ${outer(it.c)}`;
      return `f${i}: ${this.expression(this.fieldValue(it), outer)}.as(${text(this.fieldName(it))})`;
    });
    let chain = `qb.${view.distinct ? 'selectDistinct' : 'select'}({ ${fields.join(', ')} }).from(${this.constant(this.all.get(view.tables[0]))})`;
    if (view.join) chain += `.${view.join.kind}Join(${this.constant(this.all.get(view.tables[1]))}, eq(${outer(view.join.left)}, ${outer(view.join.right)}))`;
    if (view.where) chain += `.where(${this.condition(view.where, outer)})`;
    if (view.groupBy) chain += `.groupBy(${view.groupBy.map(outer).join(', ')})`;
    if (view.having) chain += `.having(gt(count(), ${view.having}))`;
    if (view.orderBy) chain += `.orderBy(${view.orderBy.map(({ c, order }) => `${order}(${outer(c)})`).join(', ')})`;
    if (view.limit) chain += `.limit(${view.limit})`;
    if (view.union) chain = `${chain}.${view.union}(${chain})`;
    if (view.through === 'subquery') return `(qb) => qb.select().from(${chain}.as("part"))`;
    if (view.through === 'with') return `(qb) => { const part = qb.$with("part").as(${chain}); return qb.with(part).select().from(part); }`;
    return `(qb) => ${chain}`;
  }
  // Half of the conditions as the operators of drizzle-orm.
  condition(where, outer) {
    const [first] = where;
    if (where.operator) return `${where.operator}`;
    return typeof first === 'object' && where.length === 2 && where[1] === ' is not null' ? `isNotNull(${outer(first.c)})` : this.expression(where, outer);
  }
}

const schemaText = (model) => new Printer(model).print();

module.exports = { schemaText };
