// The data view of one table: filters, grid, staged changes, export.
import {call, download} from './api.js';
import {cellOfInput, encode, inputOfCell, shown} from './cells.js';
import {chooseColumns} from './choose_columns.js';
import {FORMATS, blockText, writeClipboard} from './copy.js';
import {ask, errorBox, h, plural, replace, toast} from './dom.js';
import {openEditor, wholeCell} from './editor.js';
import {Edits, byName} from './edits.js';
import {FilterBar, sameAs} from './filters.js';
import {Grid, shortcut} from './grid.js';
import {tableName} from './names.js';
import {paste} from './paste.js';
import {addRelations} from './relations.js';
import {Rows} from './rows.js';
import {go, selectionOf} from './route.js';

const MOST_AT_ONCE = 10_000;  // rows
const PATIENCE = 30;  // seconds, with a browser that does not fetch what was ordered
const kept = new Map();  // unsaved changes by table, while another view is open

export async function showData(main, state, {info}) {
  if (!state.table) {
    replace(main, h('div', {class: 'empty'}, h('h1', {}, 'Choose a table'),
      h('p', {}, 'Type / to search the list, or Ctrl-K to go anywhere.')));
    return;
  }
  const loading = h('div', {class: 'empty'}, 'Loading …');
  replace(main, loading);
  let table;
  try {
    table = await describe(state);
  } catch (error) {
    if (loading.isConnected) replace(main, errorBox(error));
    return;
  }
  if (!loading.isConnected) return;  // another view is shown by now
  new DataView(main, state, table, info).start();
}

const givenOrDefault = (set, column) => column.name in set ? set[column.name] : {default: true};
const describe = ({schema, table}, refresh = false) => call('table', {schema, table, refresh});

class DataView {
  constructor(main, state, table, info) {
    Object.assign(this, {main, state, table, info, described: JSON.stringify(table)});
    this.selection = selectionOf(state);
    const name = `${table.schema}.${table.name}`;
    if (!kept.has(name)) kept.set(name, new Edits(table));
    this.edits = kept.get(name);
    this.edits.table = table;
    this.edits.kinds = info.engine !== 'postgresql';
    this.reason = info.readOnly ? 'This studio only reads.' : table.readOnlyReason;
    this.takesRows = !info.readOnly && table.kind === 'table';  // for which no key is needed
  }

  start() {
    shownView = this;
    this.status = h('span', {class: 'dim', role: 'status'});
    this.bar = this.makeBar();
    this.filters = new FilterBar(this.table, this.selection, () => this.apply());
    this.note = h('p', {class: 'note'});
    this.problem = h('div');
    this.grid = new Grid({
      table: this.table, edits: this.edits, database: this.info.database,
      rows: () => this.rows, order: () => this.selection.sorts,
      onsort: (column, add) => this.sort(column, add),
      onopen: (current, box, typed) => this.edit(current, box, typed),
      onfollow: (key, row) => this.follow(key, row),
      onremove: () => this.remove(),
      onselect: () => this.drawStatus(),
    });
    this.peek = h('div', {class: 'peek', hidden: true});
    this.reload();
    addRelations(this.table).then((some) => { if (some) this.draw(); });
    replace(this.main, this.bar, this.note, this.filters.element, this.problem, this.grid.element, this.peek);
    this.main.onkeydown = (event) => this.key(event);
    this.grid.element.focus();
  }

  reload() {
    if (this.rows) this.rows.gone = true;
    this.rows = new Rows(this.table, this.selection, () => this.draw());
    this.rows.load(0).then(() => this.rows.count());
    this.draw();
  }

  /** The table may be another one by now, with other columns: then the view begins anew. */
  async refresh() {
    try {
      if (await this.lookAgain()) return;
      this.reload();
    } catch (error) {
      this.rows.fail(error);
    }
  }

  /** Tells whether the view began anew, or is left already. */
  async lookAgain() {
    this.rows.lookedAgain = true;
    const table = await describe(this.state, true);
    if (!this.grid.element.isConnected) return true;
    if (JSON.stringify(table) === this.described) return false;
    new DataView(this.main, {...this.state, ...this.selection}, table, this.info).start();
    return true;
  }

  draw() {
    if (this.rows.error && !this.rows.lookedAgain) this.lookAgain().catch(() => {});  // the first error is the one to tell
    replace(this.problem, this.rows.error && errorBox(this.rows.error),
      !this.rows.error && this.rows.exact && this.rows.total === 0 && !this.edits.added.length
        && h('div', {class: 'empty'}, this.selection.filters.length || this.selection.where
          ? 'No row matches the filters.' : 'The table is empty.'));
    this.drawBar();
    this.grid.draw();
  }

  /** Once: a button that was replaced, or moved away, while it is pressed hears no click. */
  makeBar() {
    const writable = !this.reason;
    this.discarding = h('button', {onclick: () => this.discard()}, 'Discard');
    this.reviewing = h('button', {class: 'primary', id: 'save', onclick: () => this.save()});
    this.referring = h('button', {onclick: () => this.showReferring()}, 'Referred by');
    return h('div', {class: 'bar'},
      h('h1', {}, tableName(this.table)),
      this.status, h('span', {class: 'gap'}), this.discarding, this.reviewing,
      h('button', {onclick: () => this.addFilter(), title: 'Alt-F; with Shift: by the value that is selected'}, 'Filter'),
      h('button', {onclick: () => this.showColumns()}, 'Columns'),
      h('button', {onclick: () => this.copyAs()}, 'Copy'),
      this.takesRows && h('button', {onclick: () => this.insert(byName())}, 'Insert'),
      writable && h('button', {onclick: () => this.duplicate()}, 'Duplicate'),
      this.takesRows && h('button', {onclick: () => this.remove()}, 'Delete'),
      this.referring,
      h('button', {onclick: () => this.exportRows()}, 'Export'),
      h('button', {onclick: () => this.refresh()}, 'Reload'));
  }

  drawBar() {
    const {count} = this.edits;
    this.discarding.hidden = this.reviewing.hidden = count === 0;
    this.reviewing.textContent = `Review ${plural(count, 'change')}`;
    this.referring.hidden = this.table.referredBy.length === 0;
    this.drawStatus();
  }

  drawStatus() {
    const {total, exact} = this.rows;
    replace(this.status, exact ? plural(total, 'row') : `≈ ${plural(total, 'row')} `,
      !exact && total > 0 && h('button', {class: 'link', onclick: () => this.rows.count(true).catch((error) => toast(error.message, 'error'))}, 'count exactly'),
      this.reason && ' · read-only');
    this.note.textContent = this.reason;
    this.note.hidden = !this.table.readOnlyReason;
  }

  key(event) {
    if (event.target.matches('input, textarea, select')) return;
    const letter = shortcut(event);
    if (letter === 'f') { event.preventDefault(); this.addFilter(event.shiftKey); }
    if (letter === 'p') { event.preventDefault(); this.peekAt(); }
    if (event.key === 's' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); if (this.edits.count) this.save(); }
  }

  // Filters and order: also in the address, so that a link leads to the same rows.

  apply() {
    go({...this.state, ...this.selection}, 'push');
    this.reload();
  }

  async addFilter(byValue = false) {
    const current = this.grid.current(), column = current.column ?? this.table.columns[0];
    const held = byValue && current.row && !current.row.added;
    this.filters.add(column, held ? await this.whole(current.row, current.number) : undefined);
  }

  sort(column, add) {
    if (!column.sorts) { toast(`${column.type} has no order.`); return; }
    const {sorts} = this.selection, at = sorts.findIndex((one) => one.column === column.name);
    const next = at < 0 ? [{column: column.name, descending: false}]
      : sorts[at].descending ? [] : [{column: column.name, descending: true}];
    const others = add ? sorts.filter((one) => one.column !== column.name) : [];
    this.selection.sorts = [...others, ...next];
    this.apply();
  }

  // Changes.

  async edit({row, index, number, column}, box, typed) {
    const {edits} = this, kind = row.t?.[number];
    try {
      const input = row.added ? givenOrDefault(edits.added[index], column) : edits.input(row, column);
      const original = row.added ? null : this.whole(row, number);
      // What is typed over need not be here as a whole.
      const cell = input !== undefined ? cellOfInput(input) : typed === undefined ? await original : row.c[number];
      const refers = this.grid.referenceAt(number);
      openEditor({column, cell, kind, typed, reason: row.added ? '' : this.reason, isNew: Boolean(row.added), sqlite: edits.kinds,
        refers: refers?.columns.length === 1 ? refers : null}, box, async (next, step) => {
        this.grid.element.focus();
        if (step) this.grid.go(index, this.grid.beside(number, step));
        if (next !== undefined && row.added) edits.added[index][column.name] = next;
        else if (next !== undefined) edits.set(row, column, next, encode(await original, kind));
        this.draw();
      });
    } catch (error) {
      toast(error.message, 'error');
    }
  }

  whole = (row, number) => wholeCell(this.table, this.edits.key(row), this.table.columns[number], row.c[number]);

  insert(values) {
    this.edits.added.unshift(values);
    this.grid.element.scrollTop = 0;
    this.grid.select(0, this.table.columns.findIndex((one) => !one.hasDefault && !one.generated));
    this.draw();
  }

  async duplicate() {
    const {row} = this.grid.current();
    if (!row || row.added) return;
    const values = byName();
    for (const [i, column] of this.table.columns.entries()) {
      if (this.table.key.includes(column.name) || column.generated) continue;
      values[column.name] = inputOfCell(await this.whole(row, i), row.t?.[i]);
    }
    this.insert(values);
  }

  /** Marks what is selected, or takes the mark away where all of it has one; new rows just go. */
  async remove() {
    const {edits} = this;
    try {
      const rows = await this.selectedRows();
      const known = this.reason ? [] : rows.filter((row) => !row.added), all = known.every((row) => edits.isRemoved(row));
      for (const row of known) if (edits.isRemoved(row) === all) edits.toggleRemoved(row);
      for (const row of rows.filter((one) => one.added).reverse()) edits.added.splice(row.index, 1);
      this.draw();
    } catch (error) {
      toast(error.message, 'error');
    }
  }

  /** Also those that were not looked at yet. */
  async selectedRows() {
    const {first, last} = this.grid.block, rows = [];
    if (last - first >= MOST_AT_ONCE)
      throw new Error(`${plural(last - first + 1, 'row')} are too many at once: Export and the console take any number.`);
    for (let index = first; index <= last; ++index) {
      const row = await this.grid.fetch(index);
      if (row) rows.push(row);
    }
    return rows;
  }

  async discard() {
    const yes = await ask({title: `Discard ${plural(this.edits.count, 'change')}?`, body: [], choices: [{label: 'Discard', value: true, kind: 'danger'}]});
    if (!yes) return;
    this.edits.clear();
    this.draw();
  }

  async save() {
    try {
      const statements = await this.edits.preview();
      const yes = await ask({title: `Save ${plural(this.edits.count, 'change')} in one transaction?`,
        body: statements.map((sql) => h('pre', {}, sql)), choices: [{label: 'Save', value: true, kind: 'primary'}]});
      if (!yes) return;
      const outcome = await this.edits.save();
      if (outcome.failed === undefined) {
        toast(`${plural(outcome.saved, 'change')} saved.`);
        this.edits.clear();
        this.reload();
        return;
      }
      replace(this.problem, errorBox(outcome.unknown
        ? {message: `Nobody knows whether it was saved: the connection was lost while it was (${outcome.error})`,
          hint: 'Reload, and look at the rows: what is still marked as changed was not saved, or is now what you wanted.'}
        : {message: `Nothing was saved: ${outcome.error}`, detail: `${statements[outcome.failed]}\n${outcome.detail}`}));
    } catch (error) {
      toast(error.message, 'error');
    }
  }

  // Out to the clipboard, and in from it.

  /** What is selected, with its whole values. */
  async block() {
    const {columns} = this.grid.block, rows = [];
    for (const row of await this.selectedRows())
      rows.push(await Promise.all(columns.map(async ({number}) =>
        ({cell: row.added ? row.c[number] : await this.whole(row, number), kind: row.t?.[number]}))));
    return {columns: columns.map((one) => one.column), rows};
  }

  async copy(format) {
    try {
      const {columns, rows} = await this.block();
      await writeClipboard(blockText(format, this.table, columns, rows, this.info.engine));
      toast(`${plural(rows.length, 'row')} copied.`);
    } catch (error) {
      toast(error.message, 'error');
    }
  }

  async copyAs() {
    const format = await ask({title: 'Copy what is selected', body: h('p', {class: 'hint'}, 'Shift with the arrows selects more.'),
      choices: FORMATS.map((value) => ({label: value === 'markdown' ? 'Markdown' : value.toUpperCase(), value}))});
    if (format) await this.copy(format);
    this.grid.element.focus();
  }

  async paste(text) {
    if (this.reason) { toast(this.reason, 'error'); return; }
    try {
      const {rows, columns} = await paste(this, text);
      if (rows) toast(`${plural(rows, 'new row')}.`);
      if (columns) toast(`${plural(columns, 'column')} of what was pasted ${columns === 1 ? 'has' : 'have'} no place here.`, 'error');
    } catch (error) {
      toast(error.message, 'error');
    }
    this.draw();
  }

  showColumns() {
    chooseColumns(this.grid.columns, () => { this.grid.columns.keep(); this.grid.draw(); }).then(() => this.grid.element.focus());
  }

  // Beyond this table.

  /** What the columns of a key hold in a row, as filters of the columns that correspond; none where one of them is NULL. */
  async matching(row, names, others) {
    const filters = [];
    for (const [i, name] of names.entries()) {
      const cell = await this.whole(row, this.table.columns.findIndex((one) => one.name === name));
      if (cell === null) return null;
      filters.push(sameAs(others[i], cell));
    }
    return filters;
  }

  async follow(key, row) {
    const filters = await this.matching(row, key.columns, key.targetColumns);
    if (filters) go({view: 'data', schema: key.target.schema, table: key.target.name, filters});
  }

  /** The row that the selected cell refers to, without leaving this one. */
  async peekAt() {
    const {row, number} = this.grid.current(), key = this.grid.referenceAt(number);
    const filters = key && row && !row.added && await this.matching(row, key.columns, key.targetColumns);
    if (!filters) { toast('This cell refers to no other row.'); return; }
    try {
      const path = {schema: key.target.schema, table: key.target.name};
      const [target, answer] = await Promise.all([call('table', path), call('rows', {...path, filters, limit: 1})]);
      const cells = answer.rows[0]?.c;
      this.openPeek(tableName(key.target), cells ? h('dl', {}, target.columns.map((column, i) => [h('dt', {}, column.name), h('dd', {}, shown(cells[i]).text)]))
        : h('p', {}, 'There is no such row.'), h('button', {onclick: () => this.follow(key, row)}, 'Go there'));
    } catch (error) {
      toast(error.message, 'error');
    }
  }

  openPeek(title, ...content) {
    this.peek.hidden = false;
    replace(this.peek, h('h2', {}, title), ...content,
      h('button', {onclick: () => { this.peek.hidden = true; this.grid.draw(); this.grid.element.focus(); }}, 'Close'));
    this.peek.querySelector('button:last-child').focus();
  }

  async showReferring() {
    const {row} = this.grid.current();
    if (!row || row.added) return;
    const lines = await Promise.all(this.table.referredBy.map(async (key) => {
      const filters = await this.matching(row, key.targetColumns, key.columns);
      if (!filters) return h('div', {}, `${tableName(key.from)} (${key.columns.join(', ')}): what is NULL is referred to by nothing`);
      const count = h('span', {class: 'dim'}, ' …');
      call('count', {schema: key.from.schema, table: key.from.name, filters})
        .then((answer) => { count.textContent = ` ${plural(answer.rows, 'row')}`; })
        .catch((error) => { count.textContent = ` ${error.message}`; });
      return h('div', {}, h('button', {class: 'link', onclick: () =>
        go({view: 'data', schema: key.from.schema, table: key.from.name, filters})},
      `${tableName(key.from)} (${key.columns.join(', ')})`), count);
    }));
    this.openPeek('Rows that refer to this one', lines);
  }

  async exportRows() {
    const safe = h('input', {type: 'checkbox', id: 'safe'});
    const format = await ask({title: 'Export these rows',
      body: h('label', {for: 'safe'}, safe, ' CSV is for a spreadsheet: keep it from running formulas'),
      choices: ['csv', 'json', 'ndjson', 'sql'].map((value) => ({label: value.toUpperCase(), value}))});
    if (!format) return;
    try {
      const {path} = await call('order-export', {schema: this.table.schema, table: this.table.name, ...this.selection,
        format, forSpreadsheets: safe.checked});
      download(path);
      await this.exportEnded(path);
    } catch (error) {
      toast(error.message, 'error');
    }
  }

  /** A download that breaks off may look like a whole one. */
  async exportEnded(path) {
    let outcome = {};
    for (let idle = 0; !outcome.ended && idle < PATIENCE; idle += outcome.begun ? 0 : 1) {
      await new Promise((resolve) => { setTimeout(resolve, 1000); });
      outcome = await call('export-outcome', {path});
    }
    if (outcome.error) toast(`The export of ${tableName(this.table)} failed, and its file is not whole: ${outcome.error}`, 'error');
  }
}

// A browser tells where text is selected, which is nowhere: so what has the focus decides.
let shownView = null;
for (const [name, act] of [['copy', (view) => view.copy('tsv')], ['paste', (view, event) => view.paste(event.clipboardData.getData('text/plain'))]])
  document.addEventListener(name, (event) => {
    if (!shownView || document.activeElement !== shownView.grid.element) return;
    event.preventDefault();
    act(shownView, event);
  });

export function unsaved() {
  return [...kept.values()].some((edits) => edits.count > 0);
}

