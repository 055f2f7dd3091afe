'use strict';
// Makes random things of a schema and adds them to a model. Each seed has its own few
// kinds of things, so that a small schema still has several of a kind.

const { Lookup, emptyModel, familyOf, isKeyable, primaryKey, settle, typeOf } = require('./model.js');
const { Names } = require('./names.js');
const { TYPES } = require('./types.js');

const FEATURES = ['schemas', 'enums', 'sequences', 'roles', 'arrays', 'identity', 'generated', 'indexes', 'uniques', 'keys', 'composite', 'checks', 'policies', 'linked', 'existing', 'views', 'materialized', 'custom', 'punctuation', 'odd'];
const ONLY_POSTGRESQL = ['schemas', 'enums', 'sequences', 'roles', 'arrays', 'identity', 'policies', 'linked', 'existing', 'materialized'];
const ACTIONS = ['cascade', 'set null', 'restrict', 'no action', 'set default'];

// What can be said of a column of a family: [condition, generated, expression of an index].
const EXPRESSIONS = {
  int: { conditions: [' > 0', ' between 1 and 1000000', ' <> 13'], generated: [['integer', ' * 2']], indexed: ' + 1' },
  real: { conditions: [' > 0.5', ' < 1e9'], generated: [], indexed: ' * 2' },
  text: { conditions: [' <> \'\'', ' <> \'it\'\'s\'', ' not in (\'a\', \'b\')'], generated: [['text', ' || \'!\'']], indexed: ' || \'x\'' },
  boolean: { conditions: [' or true', ' is not false'], generated: [], indexed: ' is true' },
};
const PUNCTUATION = [" <> 'a;b'", " <> 'a--b'", " <> 'a,,b'", " <> 'a`b'", ' <> \'a"b\''];

const OPERATORS = { text: ['text_pattern_ops', 'text_ops'], int: [], jsonb: [] };
const STORAGE = { btree: [{ fillfactor: '70' }, { deduplicate_items: 'false' }], gin: [{ fastupdate: 'false' }], brin: [{ pages_per_range: '32' }], hash: [{ fillfactor: '60' }] };

class Maker {
  constructor(dialect, random) {
    this.random = random;
    this.model = emptyModel(dialect);
    this.postgresql = dialect === 'postgresql';
    this.names = new Names(random, random.chance(0.3) ? 0.25 : 0);
    this.features = new Set(random.some(FEATURES, 4, 9).filter((it) => this.postgresql || !ONLY_POSTGRESQL.includes(it)));
    if (!random.chance(0.3)) this.features.delete('odd');
    if (!random.chance(0.3)) this.features.delete('punctuation');
  }

  // For edits of another model with the same names taken.
  on(model, random) {
    const other = Object.create(this);
    other.model = model;
    other.random = random;
    other.names.random = random;
    return other;
  }

  can(feature, chance = 0.4) {
    return this.features.has(feature) && this.random.chance(chance);
  }
  id() {
    return ++this.model.lastId;
  }
  // The object, when there is something in the list to choose from.
  any(list) {
    return list.length > 0 ? this.random.pick(list) : undefined;
  }
  schema() {
    return this.can('schemas', 0.5) ? this.any(this.model.schemas)?.id : undefined;
  }
  // Without the keys that say nothing.
  given(object) {
    return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== false));
  }
  // In the model of the seed, and the thing itself.
  add(list, object) {
    const it = this.given({ id: this.id(), ...object });
    list.push(it);
    return it;
  }

  make() {
    const { random, model } = this;
    if (random.chance(0.06)) model.casing = random.pick(['snake_case', 'camelCase']);
    for (let n = random.int(0, 2); n > 0; n--) {
      if (this.can('schemas', 1)) this.addSchema();
      if (this.can('enums', 1)) this.addEnum();
      if (this.can('sequences', 0.7)) this.addSequence();
      if (this.can('roles', 0.7)) this.addRole();
    }
    for (let n = random.int(1, 4); n > 0; n--) this.addTable();
    for (const table of model.tables) this.furnish(table);
    for (let n = random.int(1, 2); n > 0; n--) if (this.features.has('views') || this.features.has('materialized')) this.addView();
    return settle(model);
  }

  addSchema() {
    return this.add(this.model.schemas, { name: this.names.next() });
  }
  addEnum() {
    const values = this.random.some(['low', 'mid', 'high', 'a b', 'Ünï', 'x', 'y', ...(this.can('odd') ? ["it's", 'a,b', 'back\\slash'] : [])], 1, 5);
    return this.add(this.model.enums, { name: this.names.next(), values, schema: this.schema() });
  }
  addSequence() {
    return this.add(this.model.sequences, { name: this.names.next(), schema: this.schema(), options: this.sequenceOptions() });
  }
  sequenceOptions() {
    const { random } = this;
    const options = {};
    if (random.chance(0.4)) options.increment = random.pick([2, 5, 10]);
    if (random.chance(0.4)) options.startWith = random.pick([1, 10, 100]);
    if (random.chance(0.3)) options.minValue = 1;
    if (random.chance(0.3)) options.maxValue = random.pick([1000, 30000]);
    if (random.chance(0.3)) options.cache = random.pick([1, 20]);
    if (random.chance(0.2)) options.cycle = random.chance(0.7);
    return options;
  }
  addRole() {
    const { random } = this;
    const options = this.given({ createDb: random.chance(0.3), createRole: random.chance(0.3) });
    if (random.chance(0.2)) options.inherit = false;
    if (this.can('existing', 0.3)) return this.addExistingRole();
    return this.add(this.model.roles, { name: this.roleName(this.names.next()), options });
  }
  // One that every server has.
  addExistingRole() {
    if (this.model.roles.some((it) => it.existing)) return undefined;
    return this.add(this.model.roles, { name: 'pg_monitor', existing: true });
  }

  addTable() {
    const table = this.add(this.model.tables, { name: this.names.next(), schema: this.schema(), columns: [], indexes: [], uniques: [], keys: [], checks: [], policies: [] });
    for (let n = this.random.int(1, 5); n > 0; n--) this.addColumn(table);
    this.addPrimary(table);
    return table;
  }

  // What may stand at and in a table beside its columns.
  furnish(table) {
    const { random } = this;
    if (this.can('generated', 0.6)) this.addGenerated(table);
    for (let n = random.int(0, 2); n > 0; n--) if (this.can('keys', 0.7)) this.addKey(table);
    for (let n = random.int(0, 3); n > 0; n--) if (this.can('indexes', 0.8)) this.addIndex(table);
    if (this.can('uniques')) this.addUnique(table);
    for (let n = random.int(0, 2); n > 0; n--) if (this.can('checks', 0.7)) this.addCheck(table);
    for (let n = random.int(0, 2); n > 0; n--) if (this.can('policies', 0.7)) this.addPolicy(table);
    if (this.can('policies', 0.3)) table.rowSecurity = true;
  }

  addPrimary(table) {
    const { random } = this;
    const able = table.columns.filter((it) => isKeyable(this.model, it) && !it.generated && !it.identity?.never);
    if (able.length === 0 || primaryKey(table).length > 0) return;
    if (this.can('composite', 0.5) && able.length > 1)
      table.primary = this.given({ columns: random.some(able, 2, 3).map((it) => it.id), name: random.chance(0.4) && this.names.next() });
    else if (random.chance(0.75)) random.pick(able).primary = true;
  }

  addColumn(table, required = true) {
    const { random } = this;
    const column = this.add(table.columns, { name: this.names.next(), ...this.columnType() });
    if (this.model.casing && random.chance(0.5)) column.key = column.name = random.pick(['userName', 'someURL', 'plain', 'item2Count', 'a_b']) + column.id;
    this.addModifiers(table, column, required);
    return column;
  }

  columnType() {
    const { random } = this;
    const types = TYPES[this.model.dialect];
    if (this.can('enums', 0.3) && this.model.enums.length > 0) return this.given({ enum: random.pick(this.model.enums).id, array: this.array() });
    const name = random.pick(Object.keys(types).filter((it) => !types[it].custom || this.features.has('custom')));
    const choice = random.pick(types[name].options ?? ['']);
    return this.given({ type: name, options: choice || undefined, array: types[name].serial ? undefined : this.array() });
  }
  array() {
    if (!this.can('arrays', 0.25)) return undefined;
    return this.random.pick([[0], [0], [3], [0, 0]]);
  }

  addModifiers(table, column, required) {
    const { random } = this;
    const type = typeOf(this.model, column);
    if (this.can('identity', 0.3) && ['smallint', 'integer', 'bigint'].includes(column.type) && !column.array) {
      column.identity = this.identity();
      return;
    }
    if (required && random.chance(0.35) && !type.serial) column.notNull = true;
    if (random.chance(0.35)) this.setDefault(column);
    if (this.can('uniques', 0.25) && isKeyable(this.model, column)) column.unique = this.given({ name: random.chance(0.4) && this.names.next(), notDistinct: this.postgresql && random.chance(0.3) });
  }
  identity() {
    const { random } = this;
    const options = this.sequenceOptions();
    if (random.chance(0.3)) options.name = JSON.stringify(this.names.next());
    return { always: random.chance(0.5), options };
  }

  setDefault(column) {
    delete column.default;
    const made = this.default(column);
    if (made !== undefined) column.default = made;
  }
  default(column) {
    const { random } = this;
    if (column.enum) {
      const value = JSON.stringify(random.pick(new Lookup(this.model).get(column.enum).values));
      return column.array ? (column.array.length > 1 ? undefined : `[${value}]`) : value;
    }
    const type = TYPES[this.model.dialect][column.type];
    let plain = type.defaults.filter((it) => !column.array || !it.startsWith('sql'));
    if (column.options?.includes('mode: "number"') && type.numberDefaults) plain = ['0', '1.5'];
    if (column.options?.includes('mode: "bigint"')) plain = plain.filter((it) => it.startsWith('sql'));
    if (!this.features.has('punctuation')) plain = plain.filter((it) => !/[\\;]/.test(it));
    const one = this.any(plain);
    if (one === undefined || !column.array) return one;
    if (column.array.length > 1 || ['json', 'jsonb'].includes(column.type)) return undefined;
    return random.pick(['[]', `[${one}]`, `[${one}, ${random.pick(plain)}]`]);
  }

  // A condition about a column of the table.
  condition(table) {
    const { random } = this;
    const column = random.pick(table.columns);
    const family = familyOf(this.model, column);
    const ref = { c: column.id, family };
    const known = EXPRESSIONS[family];
    if (!known || (!this.postgresql && family === 'boolean')) return [ref, ' is not null'];
    if (family === 'text' && this.features.has('punctuation') && random.chance(0.5)) return [ref, random.pick(PUNCTUATION)];
    if (family === 'int' && this.can('odd', 0.3)) return [ref, ' > ', { value: '0' }];
    if (family === 'text' && random.chance(0.3)) return ['length(', ref, ') < 1000'];
    return [ref, random.pick(known.conditions)];
  }

  addGenerated(table) {
    const { random } = this;
    const from = this.any(table.columns.filter((it) => EXPRESSIONS[familyOf(this.model, it)]?.generated.length > 0 && (!it.generated || this.can('odd'))));
    if (!from || (this.postgresql && from.generated)) return undefined;
    const family = familyOf(this.model, from);
    const [type, ending] = EXPRESSIONS[family].generated[0];
    const generated = [{ c: from.id, family }, ending];
    return this.add(table.columns, { name: this.names.next(), type: from.type === 'bigint' ? 'bigint' : type, options: from.type === 'bigint' ? '{ mode: "number" }' : undefined, generated, stored: this.postgresql ? undefined : random.chance(0.5) ? 1 : 0 });
  }

  addIndex(table) {
    const { random } = this;
    const method = this.postgresql && random.chance(0.25) ? random.pick(['btree', 'hash', 'gin', 'brin']) : undefined;
    const parts = this.indexParts(table, method);
    if (parts.length === 0) return undefined;
    const expressions = parts.some((it) => it.expression);
    const index = { name: this.postgresql && !expressions && random.chance(0.3) ? undefined : this.names.next(), method, parts };
    if ((!method || method === 'btree') && random.chance(0.2)) index.unique = true;
    if (random.chance(0.25)) index.where = this.condition(table);
    if (this.postgresql && random.chance(0.15)) index.with = random.pick(STORAGE[method ?? 'btree']);
    if (this.postgresql && this.can('odd', 0.15)) index.concurrently = true;
    if (!index.name && table.indexes.some((it) => !it.name && JSON.stringify(it.parts.map((part) => part.c)) === JSON.stringify(parts.map((part) => part.c)))) return undefined;
    return this.add(table.indexes, index);
  }
  indexParts(table, method) {
    const { random } = this;
    if (method === 'gin') return random.some(table.columns.filter((it) => (it.array && ['int array', 'text array', 'uuid array'].includes(familyOf(this.model, it))) || (!it.array && typeOf(this.model, it).gin)), 1, 1).map((it) => ({ c: it.id, family: familyOf(this.model, it) }));
    const families = method === 'brin' ? ['int', 'time', 'text'] : method === 'hash' ? ['int', 'text', 'uuid'] : null;
    const able = table.columns.filter((it) => isKeyable(this.model, it) && (!families || families.includes(familyOf(this.model, it))));
    return random.some(able, 1, method ? 1 : 3).map((it) => this.indexPart(it, method));
  }
  indexPart(column, method) {
    const { random } = this;
    const family = familyOf(this.model, column);
    if (method) return { c: column.id, family };
    if (EXPRESSIONS[family] && random.chance(0.15)) return { expression: this.indexExpression(column, family) };
    if (!this.postgresql) return { c: column.id };
    if (OPERATORS[family]?.length > 0 && random.chance(0.1)) {
      const operators = random.pick(OPERATORS[family]);
      return column.type === 'char' ? { c: column.id } : { c: column.id, family, operators }; // char has operators of its own
    }
    return this.given({ c: column.id, order: random.chance(0.3) && random.pick(['asc', 'desc']), nulls: random.chance(0.2) && random.pick(['First', 'Last']) });
  }
  indexExpression(column, family) {
    const ref = { c: column.id, family };
    if (family === 'text' && this.random.chance(0.6)) return ['lower(', ref, ')'];
    return ['(', ref, `${EXPRESSIONS[family].indexed})`];
  }

  addUnique(table) {
    const { random } = this;
    const able = table.columns.filter((it) => isKeyable(this.model, it));
    if (able.length === 0) return undefined;
    const columns = random.some(able, 1, 3).map((it) => it.id);
    if (table.uniques.some((it) => String(it.columns) === String(columns)) || (columns.length === 1 && able.find((it) => it.id === columns[0]).unique)) return undefined;
    return this.add(table.uniques, { name: random.chance(0.5) && this.names.next(), columns, notDistinct: this.postgresql && random.chance(0.3) });
  }

  // A foreign key on new columns of the types that it points at.
  addKey(table) {
    const { random, model } = this;
    const target = random.pick(model.tables);
    const all = new Lookup(model);
    const sets = [primaryKey(target), ...target.columns.filter((it) => it.unique).map((it) => [it.id]), ...target.uniques.map((it) => it.columns)].filter((it) => it.length > 0);
    const to = this.any(sets);
    if (!to || to.some((id) => all.get(id).generated || all.get(id).key || all.get(id).array)) return undefined;
    const columns = to.map((id) => this.addCopy(table, all.get(id)).id);
    const atColumn = to.length === 1 && random.chance(0.6);
    const action = (list) => random.chance(0.4) ? random.pick(list) : undefined;
    return this.add(table.keys, { columns, target: target.id, to, atColumn, name: !atColumn && random.chance(0.5) && this.names.next(), onDelete: action(ACTIONS.slice(0, 4)), onUpdate: action(ACTIONS.slice(0, 4)) });
  }
  addCopy(table, column) {
    const type = { serial: 'integer', smallserial: 'smallint', bigserial: 'bigint' }[column.type] ?? column.type;
    return this.add(table.columns, { name: this.names.next(), type: column.enum ? undefined : type, enum: column.enum, options: column.options, array: column.array });
  }

  addCheck(table) {
    return this.add(table.checks, { name: this.names.next(), expression: this.condition(table) });
  }

  addPolicy(table) {
    const { random } = this;
    const command = random.chance(0.6) ? random.pick(['select', 'insert', 'update', 'delete', 'all']) : undefined;
    const using = command !== 'insert' && random.chance(0.6) ? this.condition(table) : undefined;
    const withCheck = !['select', 'delete'].includes(command) && random.chance(0.4) ? this.condition(table) : undefined;
    const to = random.some([...this.model.roles.map((it) => it.id), 'public', 'current_user'], 0, 2);
    return this.add(table.policies, { name: this.names.next(), as: random.chance(0.3) && random.pick(['permissive', 'restrictive']), for: command, to, using, withCheck, linked: this.can('linked', 0.5) });
  }

  addView() {
    const { random, model } = this;
    const table = this.any(model.tables);
    if (!table) return undefined;
    if (this.can('existing', 0.2)) return this.add(model.views, { name: this.names.next(), schema: this.schema(), existing: true, tables: [table.id], fields: this.viewFields(table, true), raw: true, materialized: this.can('materialized', 0.5) });
    const below = this.any(model.views.filter((it) => !it.existing));
    if (below && random.chance(0.2)) return this.add(model.views, { name: this.names.next(), schema: this.schema(), over: below.id, tables: [], fields: [{ f: random.int(0, below.fields.length - 1) }] });
    const materialized = this.can('materialized', 0.6);
    const raw = random.chance(0.4);
    const view = { name: this.names.next(), schema: this.schema(), tables: [table.id], fields: this.viewFields(table, raw), raw, materialized };
    if (random.chance(0.5)) view.where = this.condition(table);
    if (random.chance(0.2)) view.limit = random.pick([1, 10]);
    if (!raw) this.refineQuery(view, table);
    if (this.postgresql) this.addViewOptions(view);
    return this.add(model.views, view);
  }
  viewFields(table, raw) {
    const { random } = this;
    return random.some(table.columns, 1, 4).map((it) => {
      const family = familyOf(this.model, it);
      if (family === 'text' && random.chance(0.2)) return { expression: ['upper(', { c: it.id, family }, ')'], as: this.names.next() };
      return this.given({ c: it.id, as: raw ? random.chance(0.2) && this.names.next() : random.chance(0.15) && this.names.next() });
    });
  }
  refineQuery(view, table) {
    const { random, model } = this;
    const plain = view.fields.filter((it) => it.c && !it.as);
    const sortable = plain.filter((it) => isKeyable(model, new Lookup(model).get(it.c)));
    if (sortable.length > 0 && random.chance(0.15)) return this.group(view, sortable[0]);
    if (random.chance(0.1)) view.through = random.pick(['with', 'subquery']);
    else if (!view.limit && random.chance(0.08)) view.union = random.pick(['union', 'unionAll']);
    if (view.union && sortable.length < view.fields.length) delete view.union;
    if (view.union || view.through) return undefined;
    if (sortable.length > 0 && random.chance(0.3)) view.orderBy = [{ c: sortable[0].c, order: random.pick(['asc', 'desc']) }];
    if (sortable.length === view.fields.length && random.chance(0.15)) view.distinct = true;
    const key = table.keys.find((it) => it.columns.length === 1 && it.target !== table.id);
    if (key && random.chance(0.5)) {
      view.tables.push(key.target);
      view.join = { kind: random.pick(['left', 'inner']), left: key.columns[0], right: key.to[0] };
    }
    return undefined;
  }
  group(view, field) {
    const { random } = this;
    view.fields = [field, { expression: ['count(*)'], as: this.names.next() }];
    view.groupBy = [field.c];
    if (random.chance(0.4)) view.having = random.pick([1, 2]);
  }
  addViewOptions(view) {
    const { random } = this;
    if (view.materialized) {
      if (random.chance(0.2)) view.noData = true;
      if (random.chance(0.2)) view.with = { fillfactor: '80' };
    } else if (random.chance(0.25)) {
      view.with = random.pick([{ securityBarrier: 'true' }, { securityInvoker: 'true' }, { securityBarrier: 'false', securityInvoker: 'true' }]);
    }
  }
}

module.exports = { ACTIONS, Maker };
