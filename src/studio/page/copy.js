// A block of cells as text: to be pasted into a sheet, a document, a program, or another database.
import {isCut} from './cells.js';

export const FORMATS = ['tsv', 'csv', 'json', 'sql', 'markdown'];

/** A whole cell as its text; null where it is NULL. */
export const textOf = (cell) => cell === null || cell === undefined ? null : typeof cell === 'string' ? cell : 'b' in cell ? `\\x${cell.b}` : cell.t ?? '';

/** @param table {schema, name}; `cells` are whole: rows of cells in the order of `columns`. */
export function blockText(format, table, columns, cells) {
  if (cells.flat().some(isCut)) throw new Error('a value is not here as a whole');
  const rows = cells.map((row) => row.map(textOf)), names = columns.map((one) => one.name);
  switch (format) {
    case 'csv': return lines([names, ...rows].map((row) => row.map(csvField).join(',')));
    case 'json': return JSON.stringify(rows.map((row) => Object.fromEntries(row.map((value, i) => [names[i], value]))), null, 2);
    case 'sql': return lines(rows.map((row) => `INSERT INTO ${path(table)} (${names.map(quoted).join(', ')}) VALUES (${row.map(literal).join(', ')});`));
    case 'markdown': return lines([names, names.map(() => '---'), ...rows].map((row) => `| ${row.map(markdownField).join(' | ')} |`));
    default: return rows.map((row) => row.map(tsvField).join('\t')).join('\n');
  }
}

const lines = (list) => list.map((line) => `${line}\n`).join('');
const quoted = (name) => `"${name.replaceAll('"', '""')}"`;
const path = (table) => (table.schema ? `${quoted(table.schema)}.` : '') + quoted(table.name);
const literal = (value) => value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`;
const csvField = (value) => value === null ? '' : value === '' || /[",\r\n]|^ | $/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
const tsvField = (value) => value === null ? '' : /[\t\r\n"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
const markdownField = (value) => value === null ? '' : value.replace(/[\\|<&*_`]/g, '\\$&').replace(/\r?\n/g, ' ');

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
