// A block of cells as text: to be pasted into a sheet, a document, a program, or another database.
import {isCut} from './cells.js';

export const FORMATS = ['tsv', 'csv', 'json', 'sql', 'markdown'];

/** A whole cell as its text; null where it is NULL. */
export const textOf = (cell) => cell === null || cell === undefined ? null : typeof cell === 'string' ? cell : 'b' in cell ? `\\x${cell.b}` : cell.t ?? '';

/** @param table {schema, name}; `cells` are whole: rows of {cell, kind} in the order of `columns`, `kind` on SQLite its storage class. */
export function blockText(format, table, columns, cells, engine) {
  if (cells.flat().some(({cell}) => isCut(cell))) throw new Error('a value is not here as a whole');
  const rows = cells.map((row) => row.map(({cell}) => textOf(cell))), names = columns.map((one) => one.name);
  switch (format) {
    case 'csv': return csv([names, ...rows]);
    case 'json': return JSON.stringify(rows.map((row) => Object.fromEntries(row.map((value, i) => [names[i], value]))), null, 2);
    case 'sql': return lines(cells.map((row) => insertion(table, columns, row, engine)));
    case 'markdown': return lines([names, names.map(() => '---'), ...rows].map((row) => `| ${row.map(markdownField).join(' | ')} |`));
    default: return tsv(rows);
  }
}

/** The same as a file: fields between commas, one row a line. */
export const csv = (rows) => lines(rows.map((row) => row.map(csvField).join(',')));

/** Browsers have a clipboard for pages of this machine or with encryption; elsewhere what is selected is copied. */
export async function writeClipboard(text) {
  if (navigator.clipboard) { await navigator.clipboard.writeText(text); return; }
  let taken = false;
  const give = (event) => {
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
    event.stopImmediatePropagation();  // the grid would copy its own selection
    taken = true;
  };
  addEventListener('copy', give, {capture: true, once: true});
  document.execCommand('copy');
  removeEventListener('copy', give, {capture: true});
  if (!taken) throw new Error('The browser gives this page no clipboard: it is not of this machine, and not encrypted.');
}

/** Rows of texts or null as a sheet takes them; an empty text is quoted, NULL is nothing. */
export const tsv = (rows) => rows.map((row) => row.map(tsvField).join('\t')).join('\n');

const lines = (list) => list.map((line) => `${line}\n`).join('');
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
const path = (table) => (table.schema ? `${quoted(table.schema)}.` : '') + quoted(table.name);
const quotedText = (text) => `'${text.replaceAll("'", "''")}'`;
const csvField = (value) => value === null ? '' : value === '' || /[",\r\n]|^ | $/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
const tsvField = (value) => value === null ? '' : value === '' || /[\t\r\n"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
const markdownField = (value) => value === null ? '' : value.replace(/[\\|<&*_`]/g, '\\$&').replace(/\r?\n/g, ' ');

/** What the database writes by itself is left out, but for numbers that others may refer to. */
function insertion(table, columns, row, engine) {
  const given = columns.map((column, i) => ({column, ...row[i]})).filter(({column, cell}) => (!column.generated || column.identity) && !cell?.default);
  const names = given.map(({column}) => quoted(column.name)), values = given.map((one) => literal(one, engine));
  const overriding = given.some(({column}) => column.identity) ? ' OVERRIDING SYSTEM VALUE' : '';
  return `INSERT INTO ${path(table)} (${names.join(', ')})${overriding} VALUES (${values.join(', ')});`;
}

/** As the export writes it. */
function literal({column, cell, kind}, engine) {
  if (cell === null) return 'NULL';
  const postgres = engine === 'postgresql', text = textOf(cell);
  if (typeof cell === 'object') return postgres ? quotedText(text) : `x'${cell.b}'`;
  if (kind === 'r' && /^-?inf$/.test(text)) return text.replace('inf', '9e999');
  const number = postgres ? column.class === 'number' : kind === 'i' || kind === 'r';
  return number && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? text : quotedText(text);
}

/** What a sheet puts on the clipboard: rows of texts. */
export function pastedRows(text) {
  const rows = [[]];
  let rest = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  for (;;) {
    const [whole, inQuotes, plain] = /^(?:"((?:[^"]|"")*)"(?=\t|\n|$)|([^\t\n]*))/.exec(rest);
    rows.at(-1).push(inQuotes?.replaceAll('""', '"') ?? plain);
    const next = rest[whole.length];
    rest = rest.slice(whole.length + 1);
    if (next === undefined) return rows;
    if (next === '\n') rows.push([]);
  }
}
