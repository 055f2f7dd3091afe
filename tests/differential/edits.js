'use strict';
// Random edits of a model, which is changed in place. An edit that finds nothing to
// change does nothing.

const { ACTIONS } = require('./maker.js');
const { Lookup, familyOf, settle, typeOf, without } = require('./model.js');
const { TYPES } = require('./types.js');

const table = (maker) => maker.any(maker.model.tables);
const columnOf = (maker, fits = () => true) => maker.any(maker.model.tables.flatMap((it) => it.columns).filter(fits));
const partOf = (maker, part) => maker.any(maker.model.tables.flatMap((it) => it[part]));
const remove = (maker, it) => it && Object.assign(maker.model, without(maker.model, new Set([it.id])));
const rename = (maker, it) => it && (it.name = maker.names.next());
const move = (maker, it) => {
  if (!it || maker.model.schemas.length === 0) return;
  const schema = maker.random.pick([undefined, ...maker.model.schemas.map((one) => one.id)]);
  if (schema) it.schema = schema;
  else delete it.schema;
};

// Two of a kind exchange their names.
const swapNames = (maker, list) => {
  const [a, b] = maker.random.some(list, 2, 2);
  if (b) [a.name, b.name] = [b.name, a.name];
};

// The columns that a foreign key holds together.
function relatives(model, column) {
  const found = new Set([column.id]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const it of model.tables.flatMap((one) => one.keys))
      it.columns.forEach((id, i) => {
        if (found.has(id) || found.has(it.to[i])) found.add(id).add(it.to[i]);
      });
  }
  const all = new Lookup(model);
  return [...found].map((id) => all.get(id));
}

// Types that values go to without a word.
const WIDER = { smallint: ['integer', 'bigint'], integer: ['bigint', 'numeric', 'smallint'], bigint: ['numeric', 'integer'], varchar: ['text', 'varchar'], char: ['text', 'varchar'], text: ['varchar'], real: ['doublePrecision'], doublePrecision: ['numeric', 'real'], numeric: ['numeric', 'text'], json: ['jsonb'], jsonb: ['json'], timestamp: ['timestamp', 'date'], date: ['timestamp'], time: ['time'], inet: ['text', 'cidr'], cidr: ['inet'], uuid: ['text'], serial: ['bigserial', 'integer'], smallserial: ['serial'], bigserial: ['bigint'] };

function changeType(maker) {
  const { model, random } = maker;
  const types = TYPES[model.dialect];
  const column = columnOf(maker, (it) => !it.enum && !it.generated && !it.identity && !it.key);
  if (!column) return;
  const wider = (WIDER[column.type] ?? []).filter((it) => types[it]);
  const names = random.chance(0.8) ? [column.type, ...wider] : Object.keys(types).filter((it) => !types[it].serial);
  const name = random.pick(names);
  const options = random.pick(types[name].options ?? ['']);
  const all = relatives(model, column);
  if (types[name].serial && all.length > 1) return;
  for (const it of all) setType(maker, it, name, options);
}
function setType(maker, column, name, options) {
  const family = familyOf(maker.model, column);
  Object.assign(column, { type: name, options });
  if (!options) delete column.options;
  if (TYPES[maker.model.dialect][name].serial) delete column.notNull, delete column.default;
  else if (column.default && (familyOf(maker.model, column) !== family || maker.random.chance(0.5))) maker.setDefault(column);
}

function changeEnumType(maker) {
  const column = columnOf(maker, (it) => relatives(maker.model, it).length === 1 && (it.enum || it.type === 'text') && !it.generated && !it.key);
  const to = maker.any(maker.model.enums);
  if (!column || !to) return;
  delete column.default;
  if (column.enum && maker.random.chance(0.4)) Object.assign(column, { type: 'text' }) && delete column.enum;
  else Object.assign(column, { enum: to.id }) && delete column.type, delete column.options;
}

function changeArray(maker) {
  const column = columnOf(maker, (it) => relatives(maker.model, it).length === 1 && !it.generated && !it.identity && !typeOf(maker.model, it).serial);
  if (!column || !maker.features.has('arrays')) return;
  delete column.default;
  if (column.array) delete column.array;
  else column.array = [0];
}

function changeDefault(maker) {
  const column = columnOf(maker, (it) => !it.generated && !it.identity && !typeOf(maker.model, it).serial);
  if (!column) return;
  if (column.default && maker.random.chance(0.3)) delete column.default;
  else maker.setDefault(column);
}

function changeNotNull(maker) {
  const column = columnOf(maker, (it) => !it.identity && !typeOf(maker.model, it).serial);
  if (!column) return;
  if (column.notNull) delete column.notNull;
  else column.notNull = true;
}

function changePrimary(maker) {
  const it = table(maker);
  if (!it) return;
  delete it.primary;
  for (const column of it.columns) delete column.primary, delete column.autoIncrement;
  if (maker.random.chance(0.7)) maker.addPrimary(it);
}

function changeEnum(maker) {
  const { random } = maker;
  const it = maker.any(maker.model.enums);
  if (!it) return;
  const kept = new Set(maker.model.tables.flatMap((one) => one.columns).filter((one) => one.enum === it.id && one.default).flatMap((one) => it.values.filter((value) => one.default.includes(JSON.stringify(value)))));
  const loose = it.values.filter((value) => !kept.has(value));
  if (random.chance(0.55) || it.values.length < 2) it.values.splice(random.int(0, it.values.length), 0, `new ${maker.id()}`);
  else if (random.chance(0.6) && loose.length > 0) it.values = it.values.filter((value) => value !== loose[0]);
  else it.values = random.some(it.values, it.values.length, it.values.length);
}

function changeIdentity(maker) {
  const column = columnOf(maker, (it) => ['smallint', 'integer', 'bigint'].includes(it.type) && !it.array && !it.generated && relatives(maker.model, it).length === 1);
  if (!column || !maker.features.has('identity')) return;
  delete column.default;
  if (column.identity && maker.random.chance(0.3)) delete column.identity;
  else column.identity = maker.identity();
}

function changeGenerated(maker) {
  const column = columnOf(maker, (it) => it.generated);
  if (!column) return;
  if (maker.random.chance(0.3)) delete column.generated, delete column.stored;
  else column.generated[column.generated.length - 1] += column.type === 'text' ? " || '?'" : ' + 1';
}

function changeIndex(maker) {
  const { random } = maker;
  const it = partOf(maker, 'indexes');
  if (!it) return;
  const [plain] = it.parts.filter((part) => part.c && !part.family);
  if (random.chance(0.3)) it.where ? delete it.where : (it.where = maker.condition(maker.model.tables.find((one) => one.indexes.includes(it))));
  else if (plain && maker.postgresql) plain.order = plain.order === 'desc' ? 'asc' : 'desc';
  else if (!it.method) it.unique ? delete it.unique : (it.unique = true);
}

function changeKey(maker) {
  const it = partOf(maker, 'keys');
  if (it) it[maker.random.pick(['onDelete', 'onUpdate'])] = maker.random.pick(ACTIONS.slice(0, 4));
}

function changeUnique(maker) {
  const it = partOf(maker, 'uniques');
  if (!it || !maker.postgresql) return;
  if (it.notDistinct) delete it.notDistinct;
  else it.notDistinct = true;
}

function changeCheck(maker) {
  const it = partOf(maker, 'checks');
  if (it) it.expression = maker.condition(maker.model.tables.find((one) => one.checks.includes(it)));
}

function changePolicy(maker) {
  const it = partOf(maker, 'policies');
  if (!it) return;
  const owner = maker.model.tables.find((one) => one.policies.includes(it));
  const made = maker.addPolicy(owner);
  owner.policies.pop();
  Object.assign(it, { as: made.as, to: made.to, using: made.using, withCheck: made.withCheck });
  if (maker.random.chance(0.3)) it.for = made.for;
  if (it.for === 'insert') delete it.using;
  if (['select', 'delete'].includes(it.for)) delete it.withCheck;
}

function changeView(maker) {
  const { random } = maker;
  const it = maker.any(maker.model.views);
  if (!it || it.over || it.existing) return;
  const from = maker.model.tables.find((one) => one.id === it.tables[0]);
  if (random.chance(0.4)) it.where = maker.condition(from);
  else if (random.chance(0.4) && !it.distinct && !it.orderBy && !it.groupBy && !it.union) it.fields = maker.viewFields(from, it.raw);
  else if (maker.postgresql) delete it.with, delete it.noData, maker.addViewOptions(it);
}

const change = (it, changes) => it && Object.assign(it, changes);

const BOTH = {
  addTable: (maker) => maker.furnish(maker.addTable()),
  dropTable: (maker) => remove(maker, table(maker)),
  renameTable: (maker) => rename(maker, table(maker)),
  addColumn: (maker) => table(maker) && maker.addColumn(table(maker), maker.random.chance(0.3)),
  addColumns: (maker) => table(maker) && [1, 2].map(() => maker.addColumn(table(maker), false)),
  swapTables: (maker) => swapNames(maker, maker.model.tables.filter((it) => it.schema === maker.model.tables[0].schema)),
  swapColumns: (maker) => table(maker) && swapNames(maker, table(maker).columns.filter((it) => !it.key)),
  dropColumn: (maker) => remove(maker, columnOf(maker)),
  renameColumn: (maker) => rename(maker, columnOf(maker, (it) => !it.key)),
  changeType,
  changeDefault,
  changeNotNull,
  changePrimary,
  changeGenerated,
  addGenerated: (maker) => maker.features.has('generated') && table(maker) && maker.addGenerated(table(maker)),
  addIndex: (maker) => maker.features.has('indexes') && table(maker) && maker.addIndex(table(maker)),
  dropIndex: (maker) => remove(maker, partOf(maker, 'indexes')),
  changeIndex,
  addUnique: (maker) => maker.features.has('uniques') && table(maker) && maker.addUnique(table(maker)),
  dropUnique: (maker) => remove(maker, partOf(maker, 'uniques')),
  addKey: (maker) => maker.features.has('keys') && table(maker) && maker.addKey(table(maker)),
  dropKey: (maker) => remove(maker, partOf(maker, 'keys')),
  changeKey,
  addCheck: (maker) => maker.features.has('checks') && table(maker) && maker.addCheck(table(maker)),
  dropCheck: (maker) => remove(maker, partOf(maker, 'checks')),
  changeCheck,
  addView: (maker) => maker.features.has('views') && maker.addView(),
  dropView: (maker) => remove(maker, maker.any(maker.model.views)),
  renameView: (maker) => rename(maker, maker.any(maker.model.views.filter((it) => !it.existing))),
  changeView,
};

const POSTGRESQL = {
  ...BOTH,
  changeEnumType,
  changeArray,
  changeEnum,
  changeIdentity,
  changeUnique,
  moveTable: (maker) => move(maker, table(maker)),
  addSchema: (maker) => maker.features.has('schemas') && maker.addSchema(),
  dropSchema: (maker) => remove(maker, maker.any(maker.model.schemas)),
  renameSchema: (maker) => rename(maker, maker.any(maker.model.schemas)),
  addEnum: (maker) => maker.features.has('enums') && maker.addEnum(),
  dropEnum: (maker) => remove(maker, maker.any(maker.model.enums)),
  renameEnum: (maker) => rename(maker, maker.any(maker.model.enums)),
  moveEnum: (maker) => move(maker, maker.any(maker.model.enums)),
  addSequence: (maker) => maker.features.has('sequences') && maker.addSequence(),
  dropSequence: (maker) => remove(maker, maker.any(maker.model.sequences)),
  renameSequence: (maker) => rename(maker, maker.any(maker.model.sequences)),
  moveSequence: (maker) => move(maker, maker.any(maker.model.sequences)),
  changeSequence: (maker) => change(maker.any(maker.model.sequences), { options: maker.sequenceOptions() }),
  addRole: (maker) => maker.features.has('roles') && maker.addRole(),
  dropRole: (maker) => remove(maker, maker.any(maker.model.roles)),
  renameRole: (maker) => change(maker.any(maker.model.roles.filter((it) => !it.existing)), { name: maker.roleName(maker.names.next()) }),
  changeRole: (maker) => change(maker.any(maker.model.roles.filter((it) => !it.existing)), { options: { createDb: maker.random.chance(0.5) } }),
  addPolicy: (maker) => maker.features.has('policies') && table(maker) && maker.addPolicy(table(maker)),
  dropPolicy: (maker) => remove(maker, partOf(maker, 'policies')),
  renamePolicy: (maker) => rename(maker, partOf(maker, 'policies')),
  changePolicy,
  changeRowSecurity: (maker) => table(maker) && change(table(maker), { rowSecurity: maker.random.chance(0.5) }),
  moveView: (maker) => move(maker, maker.any(maker.model.views.filter((it) => !it.existing))),
};

const EDITS = { postgresql: POSTGRESQL, sqlite: BOTH, turso: BOTH };

// A number of edits of a copy.
function edited(maker, model, random) {
  const copy = maker.on(structuredClone(model), random);
  const edits = EDITS[model.dialect];
  const names = [];
  for (let n = random.int(1, 4), tries = 0; n > 0 && tries < 30; tries++) {
    const was = JSON.stringify(copy.model);
    const name = random.pick(Object.keys(edits));
    edits[name](copy);
    settle(copy.model);
    if (JSON.stringify(copy.model) === was) continue;
    names.push(name);
    n--;
  }
  return { model: copy.model, names };
}

// What was renamed or moved, by id: [{ kind, table, from, to }], in the words of the flag.
function renames(before, after) {
  const old = new Lookup(before);
  const now = new Lookup(after);
  // A schema that was renamed is spoken of by its new name.
  const path = (all, it) => ({ schema: it.schema && (now.get(it.schema) ?? all.get(it.schema)).name, name: it.name });
  const found = [];
  const visit = (kind, list, owner) => {
    for (const it of list) {
      const was = old.get(it.id);
      if (!was || it.existing) continue; // what exists is somebody else's
      const [from, to] = [path(old, was), path(now, it)];
      if (from.name !== to.name || from.schema !== to.schema) found.push({ kind, owner, from, to });
    }
  };
  for (const [kind, list] of [['schema', after.schemas], ['enum', after.enums], ['sequence', after.sequences], ['role', after.roles], ['table', after.tables], ['view', after.views]]) visit(kind, list);
  for (const it of after.tables.filter((one) => old.get(one.id))) {
    visit('column', it.columns, path(now, it));
    visit('policy', it.policies, path(now, it));
  }
  return found;
}

module.exports = { edited, renames };
