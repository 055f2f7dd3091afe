// What can stand at the cursor of the console: the columns of the tables that its statement
// names, tables, schemas, words of SQL.
import {call} from './api.js';
import {h, replace} from './dom.js';
import {ranked} from './sidebar.js';

const WORDS = ['SELECT', 'FROM', 'WHERE', 'GROUP BY', 'ORDER BY', 'LIMIT', 'JOIN', 'LEFT JOIN', 'INSERT INTO', 'VALUES',
  'UPDATE', 'SET', 'DELETE FROM', 'RETURNING', 'EXPLAIN', 'COUNT(*)', 'DISTINCT', 'CREATE TABLE', 'ALTER TABLE', 'BETWEEN'];
const NAME = '(?:"(?:[^"]|"")*"|[\\w$]+)', PATH = `${NAME}(?:\\.${NAME})?`;
const LISTED = new RegExp(`\\b(?:from|join|update|into|using)\\s+((?:${PATH}(?:\\s+(?:as\\s+)?${NAME})?\\s*,\\s*)*${PATH}(?:\\s+(?:as\\s+)?${NAME})?)`, 'gi');
const ENTRY = new RegExp(`^(?:(${NAME})\\.)?(${NAME})(?:\\s+(?:as\\s+)?(${NAME}))?$`, 'i');
const NO_ALIAS = /^(where|on|set|join|left|right|inner|full|cross|natural|group|order|limit|values|select|using|returning|union|default)$/i;

const plain = (name) => name?.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
const begins = (name, word) => name.toLowerCase().startsWith(word.toLowerCase());

/** The tables of a statement: {table, alias}. */
export function tablesIn(statement, tables) {
  const found = [];
  for (const [, list] of statement.matchAll(LISTED))
    for (const one of list.split(',')) {
      const [, schema, name, alias] = (ENTRY.exec(one.trim()) ?? []).map(plain);
      const table = tables.find((it) => it.name === name && (!schema || it.schema === schema));
      if (table) found.push({table, alias: alias && !NO_ALIAS.test(alias) ? alias : name});
    }
  return found;
}

/** What may come at a place of the text; `columns` tells those of a table. The words are in the order of the list. */
export async function suggestions(text, at, tables, columns) {
  const before = text.slice(0, at), [word] = /[\w"]*$/.exec(before), start = at - word.length;
  const from = before.lastIndexOf(';') + 1, end = text.indexOf(';', at);
  const known = tablesIn(text.slice(from, end < 0 ? undefined : end), tables), wanted = word.replaceAll('"', '');
  const owner = plain(new RegExp(`(${NAME})\\.$`).exec(before.slice(0, start))?.[1]);
  const namesOf = async (some) => (await Promise.all(some.map(columns))).flat().filter((name) => begins(name, wanted)).map(quoted);
  if (owner !== undefined) {
    const table = known.find((one) => one.alias === owner)?.table ?? tables.find((one) => one.name === owner);
    if (table) return {start, found: await namesOf([table])};
    return {start, found: tables.filter((one) => one.schema === owner && begins(one.name, wanted)).map((one) => quoted(one.name))};
  }
  const names = wanted || known.length ? await namesOf([...new Set(known.map((one) => one.table))]) : [];
  const words = WORDS.filter((one) => wanted && begins(one, wanted));
  return {start, found: [...new Set(names), ...ranked(tables, wanted).slice(0, 12).map(pathOf), ...words]};
}

/** Offers them at the cursor of a field. */
export function completion(field, wrap, tables) {
  const list = h('div', {class: 'suggest', role: 'listbox', 'aria-label': 'Completions', hidden: true});
  wrap.append(list);
  let found = [], chosen = 0, start = 0;

  function choose(index) {
    field.setRangeText(found[index], start, field.selectionStart, 'end');
    field.dispatchEvent(new Event('input'));
    close();
  }
  function close() { list.hidden = true; }
  function draw() {
    replace(list, found.map((one, i) => h('div', {role: 'option', 'aria-selected': i === chosen, onpointerdown: (event) => { event.preventDefault(); choose(i); }}, one)));
    list.children[chosen]?.scrollIntoView({block: 'nearest'});
  }
  const columns = async ({schema, name}) => (await call('table', {schema, table: name})).columns.map((one) => one.name);
  async function open() {
    const at = field.selectionStart;
    ({start, found} = await suggestions(field.value, at, tables(), columns));
    if (field.selectionStart !== at) return;
    chosen = 0;
    list.hidden = found.length === 0;
    const lines = field.value.slice(0, at).split('\n');
    list.style.top = `${Math.min(lines.length * 19 + 12 - field.scrollTop, field.clientHeight)}px`;
    list.style.left = `${14 + lines.at(-1).length * 7.5}px`;
    draw();
  }
  function key(event) {
    if (list.hidden) return false;
    if (event.key === 'ArrowDown') chosen = (chosen + 1) % found.length;
    else if (event.key === 'ArrowUp') chosen = (chosen + found.length - 1) % found.length;
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' || event.key === 'Tab') choose(chosen);
    else return false;
    event.preventDefault();
    if (!list.hidden) draw();
    return true;
  }
  return {open, close, key};
}

/** As it is found without a schema, or with the one it needs. */
function pathOf({schema, name}) {
  return schema && schema !== 'public' ? `${quoted(schema)}.${quoted(name)}` : quoted(name);
}

function quoted(name) {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
