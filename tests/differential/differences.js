'use strict';
// Where the two programs differ, and why they may. Each rule names a row of
// docs/differences.md and what only one of the two writes because of it. A difference
// that no rule covers is a failure; so is one that no rule needs: what drizzle-kit wrote
// is run, and has to fail, to lose rows or to leave another catalog.

const fs = require('node:fs');
const path = require('node:path');
const { hunks } = require('../oracle/lib/hunks.js');

const LISTED = fs.readFileSync(path.join(__dirname, '../../docs/differences.md'), 'utf8');
const MARKER = '--> statement-breakpoint';

const REBUILD = /^PRAGMA foreign_keys|^CREATE TABLE `__new_|^INSERT INTO `__new_|^DROP TABLE|^ALTER TABLE `__new_.* RENAME TO|^CREATE (UNIQUE )?INDEX/;

// A file as its statements. What stands on a line of its own in a table counts alone.
const statements = (sql) => sql.split(MARKER).map((it) => it.trim()).filter((it) => it !== '');

const { renames } = require('./edits.js');
const { primaryKey } = require('./model.js');

// Only a name that a predicate is qualified with differs then.
const hasMoved = (it) => renames(it.before, it.after).some(({ kind, from, to }) => kind === 'table' && from.schema !== to.schema);

// So it is with checks, which are written anew.
const readsChecksAnew = (it, peer, ours) => {
  const dropped = ours.map((one) => one.match(/ DROP CONSTRAINT (".*");$/)?.[1]).filter(Boolean);
  return hasMoved(it) && dropped.every((name) => ours.some((one) => one.includes(` ADD CONSTRAINT ${name} CHECK `)));
};

// A column of two names is taken for two columns.
const hasCommas = (it) => it.after.tables.some((table) => table.columns.some(({ name }) => name.includes(',')));

// A key implies NOT NULL: it shows in no catalog that it was said again.
const saysNotNullOfKeys = (it, peer, ours) => {
  const tables = [...it.before.tables, ...it.after.tables];
  const keys = tables.flatMap((table) => primaryKey(table).map((id) => table.columns.find((one) => one.id === id)?.name));
  const said = ours.map((one) => one.match(/ALTER COLUMN "(.*)" SET NOT NULL;$/)?.[1]).filter(Boolean);
  return said.length > 0 && said.every((name) => keys.includes(name.replaceAll('""', '"')));
};

const renamesTables = (it) => renames(it.before, it.after).some(({ kind }) => kind === 'table');

const renamedColumns = (it) => {
  const renamed = renames(it.before, it.after).filter(({ kind }) => kind === 'column').map(({ from }) => from.name);
  return it.before.tables.flatMap((table) => table.columns).filter(({ name }) => renamed.includes(name));
};
// What it is made of was renamed too, and reads otherwise therefore.
const renamesGenerated = (it) => renamedColumns(it).some(({ generated }) => generated);
// Of a foreign key, at either end.
const renamesKeyColumns = (it) => {
  const ids = new Set(renamedColumns(it).map(({ id }) => id));
  return it.after.tables.some((table) => table.keys.some(({ columns, to }) => [...columns, ...to].some((id) => ids.has(id))));
};

// How SQLite stores what is in a column.
const formOf = ({ type }) => ({ text: 'text', document: 'text', varchar: 'text', bytes: 'any' })[type] ?? 'number';
const changesForm = (it) => it.before.tables.some((table) => table.columns.some((was) => it.after.tables.some((one) => one.columns.some((now) => now.id === was.id && formOf(now) !== 'any' && formOf(now) !== formOf(was)))));

// The peer cannot be told that what has a name now is not what had it before.
const passesNamesOn = (it) => {
  const path = (kind, owner, one) => JSON.stringify([kind, owner, one.schema, one.name]);
  const renamed = renames(it.before, it.after).filter(({ kind }) => kind === 'table' || kind === 'column');
  const schemaOf = (table) => table.schema && it.after.schemas.find(({ id }) => id === table.schema)?.name;
  const taken = it.after.tables.flatMap((table) => {
    const own = { schema: schemaOf(table), name: table.name };
    return [path('table', undefined, own), ...table.columns.map(({ name }) => path('column', own, { schema: undefined, name }))];
  });
  // Tables change their schema before their name.
  return renamed.some(({ kind, owner, from, to }) => [from, { ...from, schema: to.schema }].some((one) => taken.includes(path(kind, owner, one))));
};

// The values of a column that is no longer generated are not compared.
const losesGenerated = (it) => it.before.tables.some((table) => table.columns.some(({ id, generated }) => generated && it.after.tables.some((one) => one.columns.some((now) => now.id === id && !now.generated))));

// `peer` and `ours` are what only that side writes; `harmless` says that the difference
// need not show in a database.
const PASSED_ON = { row: 'rename-circles', when: passesNamesOn, peer: /^/, ours: /^/, harmless: true };

const POSTGRESQL = [
  PASSED_ON,
  { row: 'rename-and-change', when: (it) => renamesTables(it) || renamedColumns(it).length > 0, ours: /^ALTER POLICY/, harmless: true },
  { row: 'rename-and-change', when: renamesGenerated, ours: /drop column|ADD COLUMN .* GENERATED/, harmless: true },
  { row: 'rename-and-change', when: saysNotNullOfKeys, ours: /ALTER COLUMN .* SET NOT NULL;$/, harmless: true },
  { row: 'rename-and-change', when: hasMoved, peer: /DISABLE ROW LEVEL SECURITY/, ours: /^(DROP|CREATE) (UNIQUE )?INDEX/, harmless: true },
  { row: 'rename-and-change', when: readsChecksAnew, ours: /DROP CONSTRAINT|ADD CONSTRAINT .* CHECK /, harmless: true },
  { row: 'quotes', peer: /[^"]"q/, ours: /""q/ },
  { row: 'object-names', peer: /^(CREATE|DROP) SCHEMA| DROP COLUMN /, ours: /"(constructor|toString)"/ },
  { row: 'delimiters', peer: /^CREATE (UNIQUE )?INDEX|^ALTER TABLE .* (ADD|DROP) CONSTRAINT|^CREATE TABLE|POLICY/, ours: /('a;b'|'a--b'|'a,,b'|;--|,\()/ },
  { row: 'primary-key-drop', peer: /Unfortunately in current drizzle-kit version|ALTER COLUMN .* DROP NOT NULL;$/, ours: /DROP CONSTRAINT ".*_pkey";$|^DO /, harmless: true },
  { row: 'primary-key-leftover', ours: /ALTER COLUMN .* DROP NOT NULL;$/ },
  { row: 'primary-key-not-null', peer: /ALTER COLUMN .* DROP NOT NULL;$/ },
  { row: 'type-using', peer: /SET DATA TYPE|SET DEFAULT/, ours: /SET DATA TYPE .* USING|DROP DEFAULT;$|SET DEFAULT/ },
  { row: 'type-schema', peer: /SET DATA TYPE "undefined"\./, ours: /SET DATA TYPE/ },
  { row: 'type-references', ours: /(DROP|ADD) CONSTRAINT/ },
  // A name in the text of a view may stand for something else.
  { row: 'type-views', harmless: true, ours: /^(DROP|CREATE) (MATERIALIZED )?VIEW|^(DROP|CREATE) POLICY/ },
  // Whether a materialized view holds its rows is no part of a catalog.
  { row: 'view-kind', ours: /^REFRESH MATERIALIZED VIEW/, harmless: true },
  { row: 'type-dependents', ours: /drop column|ADD COLUMN .* GENERATED|(DROP|ADD) CONSTRAINT|^(DROP|CREATE) (UNIQUE )?INDEX/ },
  { row: 'type-falsy-default', ours: /SET DEFAULT (0|false|'')/ },
  { row: 'serial', peer: /SET DATA TYPE "?(small|big)?serial|SET DEFAULT|SET DATA TYPE/, ours: /SEQUENCE|setval|SET DEFAULT nextval|DROP DEFAULT|SET DATA TYPE/ },
  { row: 'rename-and-change', ours: /ALTER COLUMN|ADD PRIMARY KEY|ADD COLUMN|DROP COLUMN|drop column|CONSTRAINT|INDEX|VIEW|POLICY|^(DROP|CREATE) TYPE/ },
  { row: 'identity-not-null', ours: /(SET|DROP) NOT NULL;$/ },
  { row: 'identity-name', ours: /^ALTER SEQUENCE .* RENAME TO/ },
  { row: 'identity-start', ours: /setval/ },
  { row: 'sequence-cycle', peer: /^ALTER SEQUENCE/, ours: /^ALTER SEQUENCE .* NO CYCLE;$/ },
  { row: 'enum-schema', ours: /SET DATA TYPE/ },
  { row: 'enum-native-names', peer: /^CREATE TABLE|ADD COLUMN/, ours: /"public"\."name"/ },
  { row: 'enum-quotes', peer: /ADD VALUE/, ours: /ADD VALUE/ },
  { row: 'enum-dependents', peer: /SET DATA TYPE|SET DEFAULT/, ours: /SET DATA TYPE|DEFAULT|CONSTRAINT|INDEX|VIEW|POLICY|COLUMN/ },
  { row: 'generated', peer: /SET DATA TYPE|SET NOT NULL|SET DEFAULT/, ours: /CONSTRAINT|INDEX/ },
  { row: 'index-opclass', peer: /^CREATE (UNIQUE )?INDEX/, ours: /_ops (DESC|ASC|NULLS)/ },
  { row: 'policy-expressions', peer: /^ALTER POLICY/, ours: /^(DROP|CREATE) POLICY/ },
  { row: 'policy-roles', peer: /^ALTER POLICY/, ours: /^ALTER POLICY .* TO .*"/ },
  { row: 'policy-rename', ours: /^ALTER POLICY|^(DROP|CREATE) POLICY/ },
  { row: 'view-kind', peer: /VIEW/, ours: /VIEW/ },
  { row: 'view-rename-and-change', peer: /VIEW/, ours: /VIEW/ },
  { row: 'schema-rename', peer: /VIEW/ },
  { row: 'rename-first', peer: /ROW LEVEL SECURITY|VIEW/, ours: /ROW LEVEL SECURITY|VIEW/ },
  { row: 'timestamp-space', ours: /ALTER COLUMN/ },
  { row: 'unique-merged', peer: /^CREATE TABLE/, ours: /^CREATE TABLE|ADD CONSTRAINT .* UNIQUE/ },
  { row: 'default-literals', peer: /DEFAULT/, ours: /DEFAULT/ },
  { row: 'parameters', peer: /\$1/, ours: /0/ },
  { row: 'view-casing', peer: /VIEW/, ours: /VIEW/ },
];

const SQLITE = [
  PASSED_ON,
  { row: 'sqlite-rebuilt-index', when: (it, peer, mine) => renamesTables(it) && !mine.some((one) => /INDEX/.test(one)), peer: /^DROP INDEX/, harmless: true },
  { row: 'sqlite-reference-follows', when: (it, peer, mine) => renamesTables(it) && mine.length === 0, peer: REBUILD, harmless: true },
  { row: 'object-names', ours: /`(constructor|toString)`/ },
  { row: 'view-casing', peer: /VIEW/, ours: /VIEW/ },
  { row: 'sqlite-generated-dropped', when: losesGenerated, peer: /ALTER TABLE .* (ADD|DROP COLUMN)/, ours: REBUILD, harmless: true },
  { row: 'sqlite-default-literals', peer: /DEFAULT '.*'.*'/, ours: /DEFAULT '.*''.*'/ },
  { row: 'sqlite-rebuild-pragmas', ours: /^PRAGMA foreign_keys/, harmless: true },
  { row: 'quotes', peer: /`[^`]*`x/, ours: /``x/ },
  { row: 'quotes', peer: / RENAME COLUMN .*[^"]"[^" ]/, ours: / RENAME COLUMN .*""/ },
  { row: 'delimiters', peer: /CHECK|INDEX/, ours: /;--|--b|;b|,,b/ },
  { row: 'sqlite-generated-qualified', peer: /GENERATED|INDEX/, ours: /GENERATED|INDEX/ },
  { row: 'sqlite-generated-stored', peer: /ADD|ALTER TABLE .* DROP COLUMN/, ours: REBUILD },
  { row: 'sqlite-reference-names', peer: /REFERENCES/, ours: /REFERENCES .*`/ },
  { row: 'sqlite-reference-actions', peer: /REFERENCES/, ours: /REFERENCES .* ON (DELETE|UPDATE)/ },
  { row: 'sqlite-rename-and-change', ours: /RENAME COLUMN|^INSERT INTO `__new/, peer: /^INSERT INTO `__new/ },
  { row: 'sqlite-rename-and-change', when: renamesKeyColumns, peer: REBUILD, ours: /RENAME COLUMN/ },
  { row: 'sqlite-rebuild-columns', peer: /^INSERT INTO `__new/, ours: /^INSERT INTO `__new/ },
  { row: 'sqlite-rebuild-checks', peer: /CHECK/, ours: /CHECK/ },
  { row: 'sqlite-rebuild-views', ours: /^(DROP|CREATE) VIEW/ },
  { row: 'sqlite-rebuild-indexes', peer: /^CREATE (UNIQUE )?INDEX/, ours: /^CREATE (UNIQUE )?INDEX/ },
  { row: 'sqlite-added-defaults', peer: /ALTER TABLE .* ADD/, ours: REBUILD },
  { row: 'sqlite-dropped-columns', peer: /ALTER TABLE .* DROP COLUMN|^DROP INDEX/, ours: REBUILD },
  { row: 'turso-old-values', when: changesForm, peer: /ALTER COLUMN|INDEX/, ours: REBUILD, harmless: true },
  { row: 'turso-cut-definitions', peer: /ALTER COLUMN|INDEX/, ours: REBUILD },
  { row: 'turso-zero-defaults', peer: /ALTER COLUMN/, ours: /ALTER COLUMN/ },
  { row: 'turso-stale-indexes', peer: /INDEX/, ours: /INDEX/ },
  { row: 'sqlite-reference-follows', when: renamesTables, peer: REBUILD, ours: /^ALTER TABLE .* (ADD|DROP COLUMN)/, harmless: true },
  { row: 'delimiters', when: hasCommas, peer: new RegExp(`${REBUILD.source}|^CREATE TABLE`), ours: /INDEX|REFERENCES|PRIMARY KEY\(/ },
];

const RULES = { postgresql: POSTGRESQL, sqlite: SQLITE, turso: SQLITE };

const REFUSALS = [
  { row: 'object-names', said: /with (constructor|toString) name|renamedColumns is not iterable|statementsForTable\.some is not a function|"alteredTablesWithColumns",|at CreateSqliteIndexConvertor|checksInTable|at generateSqliteSnapshot|indexesInSchema\[.*includes is not|reading 'join'\)[^]*at generatePgSnapshot|'tableKey2' before initialization/ },
  { row: 'rename-and-change', said: /reading 'columns'\)\s+at preparePgAlterColumns/ },
  { row: 'delimiters', said: /at preparePgCreateTableJson|at CreatePgIndexConvertor|at Object\.unsquashIdx/ },
  { row: 'view-rename-and-change', said: /reading 'isExisting'/ },
  { row: 'bigint-defaults', said: /serialize a BigInt/ },
];

// What only one of the two writes into a snapshot.
const ONLY_RENAMES = /^(\s*("(tables|columns)": \{(\},?)?|"(\\"|[^"])*": "(\\"|[^"])*",?|\},?|)\n?)*$/;
const SNAPSHOTS = [
  { row: 'rename-circles', when: passesNamesOn, differs: (peer, ours) => ONLY_RENAMES.test(peer) && ONLY_RENAMES.test(ours) },
  { row: 'object-names', differs: (peer, ours) => /"(columns|tables)": \{\}/.test(peer) && /constructor|toString/.test(ours) },
  { row: 'sqlite-default-literals', differs: (peer, ours) => /"default": "'.*'"/.test(peer) && /"default": "'.*'"/.test(ours) },
  { row: 'view-casing', differs: (peer, ours) => [peer, ours].every((it) => /"definition": "(select|with|\()/.test(it)) },
];

module.exports = { LISTED, PASSED_ON, REFUSALS, RULES, SNAPSHOTS, hunks, statements };
