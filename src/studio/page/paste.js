// A block of a sheet, put into the grid from the selected cell on; what goes beyond the last
// row makes new ones. Nothing is saved before it is reviewed.
import {encode} from './cells.js';
import {pastedRows} from './copy.js';
import {byName} from './edits.js';
import {inputOf} from './fields.js';

/** @returns {rows: made anew, columns: left out, since there are no more} */
export async function paste(view, text) {
  const {grid, edits} = view, {first, from} = grid.block;
  const columns = grid.columns.shown.slice(from), block = pastedRows(text);
  const rows = await Promise.all(block.map((_, i) => grid.fetch(first + i)));
  const shift = first >= edits.added.length;  // new rows come before those of the table
  let made = 0;
  for (const [i, values] of block.entries()) {
    if (!rows[i]) made += 1;
    await fill(view, rows[i] ?? newRow(edits), columns, values);
  }
  if (shift && made) grid.select(grid.selected.row + made, grid.selected.column);
  return {rows: made, columns: Math.max(0, ...block.map((values) => values.length - columns.length))};
}

function newRow(edits) {
  edits.added.push(byName());
  return {added: true, index: edits.added.length - 1};
}

async function fill({edits, whole}, row, columns, values) {
  for (const [i, {column, number}] of columns.slice(0, values.length).entries()) {
    if (column.generated) continue;
    const kind = row.t?.[number], input = pasted(column, values[i], kind, edits.kinds);
    if (row.added) edits.added[row.index][column.name] = input;
    else edits.set(row, column, input, encode(await whole(row, number), kind));
  }
}

function pasted(column, text, kind, sqlite) {
  const bytes = column.class === 'bytes' && (!kind || 'bn'.includes(kind));
  return bytes && text !== '' ? {hex: text.replace(/^\\x/, '')} : inputOf(column, text, kind, sqlite);
}
