// The fields of the editor, by the type of the column. Each has an `element`, and `read()`
// gives what is in it as an input; what was not touched is no change.
import {h} from './dom.js';
import {momentKind} from './moment.js';

/** Whether an empty text is a value of this column. */
export function takesEmpty(column, sqlite) {
  const text = sqlite ? /^$|char|clob|text/i : /^(text|citext|name|"char"|bpchar|character|varchar|char)\b/i;
  return !column.values && text.test(column.type);
}

/** `typed` is what was typed to open it; otherwise the cell is in it. */
export function makeField({column, cell, kind, sqlite}, typed) {
  const bytes = typeof cell === 'string' ? false : cell?.b !== undefined || column.class === 'bytes';
  if (!bytes && (column.values || column.class === 'boolean')) return choiceField(column, cell, typed);
  return textField(column, {cell, bytes, kind, sqlite}, typed);
}

const BOOLEANS = {1: 'true', 0: 'false'};

/** One of a list. NULL and the default are entries of it where they can be. */
function choiceField(column, cell, typed) {
  const boolean = column.class === 'boolean', numbers = boolean && column.values;  // SQLite has no other booleans
  const current = boolean && !numbers ? ({t: 'true', f: 'false'})[cell] ?? cell : cell;
  const entries = numbers ? column.values.map((value) => ({label: BOOLEANS[value], input: {number: value}, cell: value})) : (column.values ?? ['true', 'false']).map((value) => ({label: value, input: {text: value}, cell: value}));
  if (!column.notNull || cell === null) entries.push({label: 'NULL', input: null, cell: null});
  if (current?.default) entries.unshift({label: 'DEFAULT', input: {default: true}, cell: current});
  if (!entries.some((one) => one.cell === current)) entries.unshift({label: String(current), input: {text: String(current)}, cell: current});
  const begin = typed === undefined ? -1 : entries.findIndex((one) => one.cell === typed || one.label.toLowerCase().startsWith(typed.toLowerCase()));
  const start = entries.findIndex((one) => one.cell === current);
  const element = h('select', {}, entries.map((one) => h('option', {}, one.label)));
  element.selectedIndex = begin < 0 ? start : begin;
  return {element, touched: () => element.selectedIndex !== start, read: () => entries[element.selectedIndex].input};
}

function textField(column, {cell, bytes, kind, sqlite}, typed) {
  const text = cell === null || cell.default ? '' : typeof cell === 'string' ? cell : cell.b ?? cell.t ?? '';
  const long = bytes || column.class === 'json' || /\n/.test(text) || text.length > 60 || (column.type === 'text' && !momentKind(column.type, text));
  const empty = cell === null ? 'NULL' : cell.default ? 'DEFAULT' : '';
  const attributes = {value: typed ?? text, spellcheck: 'false', autocomplete: 'off', placeholder: empty};
  const element = long ? h('textarea', {...attributes, rows: Math.min(16, text.split('\n').length + 3)}) : h('input', attributes);
  let typedInto = typed !== undefined;
  element.addEventListener('input', () => { typedInto = true; });
  const read = () => bytes ? {hex: element.value.replace(/\s/g, '')} : inputOf(column, element.value, kind, sqlite);
  return {element, bytes, text, touched: () => typedInto || element.value !== text, read};
}

/** What is typed or pasted: an empty text is NULL where it is no value; what was a number by its storage class stays one, if it can, and so does a boolean of SQLite. */
export function inputOf(column, text, kind, sqlite) {
  if (text === '' && !takesEmpty(column, sqlite)) return null;
  const truth = sqlite && column.class === 'boolean' && Object.keys(BOOLEANS).find((value) => [value, BOOLEANS[value]].includes(text.toLowerCase()));
  if (truth) return {number: truth};
  const number = (kind === 'i' || kind === 'r') && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  return number ? {number: text} : {text};
}
