// One value: how it is shown, and how it goes back. Values are texts, never numbers of
// JavaScript, which would lose digits.

/** {text, kind}: kind is '', 'null', 'default'. */
export function shown(cell) {
  if (cell === null) return {text: 'NULL', kind: 'null'};
  if (typeof cell === 'string') return {text: cell === '' ? '\u2205' : oneLine(cell), kind: cell === '' ? 'null' : ''};
  if ('b' in cell) return {text: `\\x${cell.b.slice(0, 32)}${cell.n > 16 ? '…' : ''} (${cell.n} B)`, kind: ''};
  if ('default' in cell) return {text: 'DEFAULT', kind: 'default'};
  return {text: `${oneLine(cell.t)}…`, kind: ''};
}

function oneLine(text) {
  return text.replace(/[\r\n\t]/g, (c) => ({'\r': '␍', '\n': '↵', '\t': '→'})[c]);
}

/** Whether only the beginning of it is here. */
export function isCut(cell) {
  if (cell === null || typeof cell === 'string') return false;
  return 'b' in cell ? cell.n * 2 > cell.b.length : 't' in cell;
}

/** A cell as the server takes it to compare with: its storage class, on SQLite. */
export function encode(cell, kind) {
  if (cell === null) return null;
  const content = typeof cell === 'string' ? cell : cell.b;
  return kind ? kind + content : content;
}

/** What would write this value as it is, by its storage class. */
export function inputOfCell(cell, kind) {
  if (cell === null) return null;
  if (typeof cell !== 'string') return {hex: cell.b};
  return kind === 'i' || kind === 'r' ? {number: cell} : {text: cell};
}

export function sameInput(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What an edited field shows. */
export function cellOfInput(input) {
  if (input === null) return null;
  if ('default' in input) return {default: true};
  if ('number' in input) return input.number;
  if ('hex' in input) return {b: input.hex, n: input.hex.length / 2};
  return input.text;
}
