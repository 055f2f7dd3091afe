// The data view of one table: filters, grid, staged changes, export.
import {call, download} from './api.js';
import {encode} from './cells.js';
import {ask, errorBox, h, plural, replace, toast} from './dom.js';
import {openEditor, wholeCell} from './editor.js';
import {Edits} from './edits.js';
import {Grid} from './grid.js';
import {Rows} from './rows.js';
import {go} from './route.js';

const OPERATORS = ['=', '<>', '<', '<=', '>', '>=', 'contains', 'starts', 'in', 'null', 'not null'];
const kept = new Map();  // unsaved changes by table, while another view is open

export async function showData(main, state, {info}) {
  if (!state.table) {
    replace(main, h('div', {class: 'empty'}, h('h1', {}, 'Choose a table'),
      h('p', {}, 'Type / to search the list, or Ctrl-K to go anywhere.')));
    return;
  }
  replace(main, h('div', {class: 'empty'}, 'Loading …'));
  let table;
  try {
    table = await call('table', {schema: state.schema, table: state.table});
  } catch (error) {
    replace(main, errorBox(error));
    return;
  }
  new DataView(main, state, table, info).start();
}

class DataView {
  constructor(main, state, table, info) {
    Object.assign(this, {main, state, table, info});
    this.selection = {filters: state.filters ?? [], any: state.any ?? false, where: state.where ?? '', sorts: state.sorts ?? []};
    const name = `${table.schema}.${table.name}`;
    if (!kept.has(name)) kept.set(name, new Edits(table));
    this.edits = kept.get(name);
    this.edits.table = table;
    this.edits.kinds = info.engine !== 'postgresql';
    this.reason = info.readOnly ? 'This studio only reads.' : table.readOnlyReason;
  }

  start() {
    this.status = h('span', {class: 'dim', role: 'status'});
    this.bar = h('div', {class: 'bar'});
    this.filterBar = h('div', {class: 'filters', hidden: true});
    this.problem = h('div');
    this.grid = new Grid({
      table: this.table, edits: this.edits,
      rows: () => this.rows, order: () => this.selection.sorts,
      onsort: (column, add) => this.sort(column, add),
      onopen: (current, box) => this.edit(current, box),
      onfollow: (key, cell) => this.follow(key, cell),
      onremove: () => this.remove(),
      onselect: () => this.drawStatus(),
    });
    this.peek = h('div', {class: 'peek', hidden: true});
    this.drawFilters();
    this.reload();
    replace(this.main, this.bar, this.filterBar, this.problem, this.grid.element, this.peek);
    this.main.onkeydown = (event) => this.key(event);
    this.grid.element.focus();
  }

  reload() {
    if (this.rows) this.rows.gone = true;
    this.rows = new Rows(this.table, this.selection, () => this.draw());
    this.rows.load(0).then(() => this.rows.count());
    this.draw();
  }

  draw() {
    replace(this.problem, this.rows.error && errorBox(this.rows.error),
      !this.rows.error && this.rows.exact && this.rows.total === 0 && !this.edits.added.length
        && h('div', {class: 'empty'}, this.selection.filters.length || this.selection.where
          ? 'No row matches the filters.' : 'The table is empty.'));
    this.drawBar();
    this.grid.draw();
  }

  drawBar() {
    const {edits} = this, writable = !this.reason;
    replace(this.bar,
      h('h1', {}, this.table.schema && this.table.schema !== 'public' ? `${this.table.schema}.${this.table.name}` : this.table.name),
      this.status, h('span', {class: 'gap'}),
      h('button', {onclick: () => this.addFilter()}, 'Filter'),
      writable && h('button', {onclick: () => this.insert({})}, 'Insert'),
      writable && h('button', {onclick: () => this.duplicate()}, 'Duplicate'),
      writable && h('button', {onclick: () => this.remove()}, 'Delete'),
      this.table.referredBy.length > 0 && h('button', {onclick: () => this.showReferring()}, 'Referred by'),
      h('button', {onclick: () => this.exportRows()}, 'Export'),
      h('button', {onclick: () => this.reload()}, 'Reload'),
      edits.count > 0 && h('button', {onclick: () => { edits.clear(); this.draw(); }}, 'Discard'),
      edits.count > 0 && h('button', {class: 'primary', id: 'save', onclick: () => this.save()}, `Review ${plural(edits.count, 'change')}`));
    this.drawStatus();
  }

  drawStatus() {
    const {total, exact} = this.rows;
    replace(this.status, exact ? plural(total, 'row') : `≈ ${plural(total, 'row')} `,
      !exact && total > 0 && h('button', {class: 'link', onclick: () => this.rows.count(true)}, 'count exactly'),
      this.reason && h('span', {title: this.reason}, ' · read-only'));
  }

  key(event) {
    if (event.target.matches('input, textarea, select')) return;
    if (event.key === 'f' && !event.ctrlKey && !event.metaKey) { event.preventDefault(); this.addFilter(); }
    if (event.key === 's' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); if (this.edits.count) this.save(); }
  }

  // Filters and order: also in the address, so that a link leads to the same rows.

  apply() {
    go({...this.state, ...this.selection}, {quiet: true});
    this.reload();
  }

  addFilter() {
    const column = this.grid.current().column?.name ?? this.table.columns[0].name;
    this.selection.filters.push({column, op: '=', values: ['']});
    this.drawFilters();
    this.filterBar.querySelector('.filter:last-of-type input')?.focus();
  }

  drawFilters() {
    const {filters} = this.selection;
    this.filterBar.hidden = filters.length === 0 && !this.selection.where;
    replace(this.filterBar,
      filters.map((filter, i) => this.filterField(filter, i)),
      filters.length > 1 && h('select', {'aria-label': 'How filters combine', value: this.selection.any ? 'or' : 'and',
        onchange: (event) => { this.selection.any = event.target.value === 'or'; this.apply(); }},
      h('option', {value: 'and', selected: !this.selection.any}, 'all of them'),
      h('option', {value: 'or', selected: this.selection.any}, 'any of them')),
      h('input', {class: 'raw', 'aria-label': 'SQL condition', placeholder: 'SQL condition', value: this.selection.where,
        onkeydown: (event) => { if (event.key === 'Enter') { this.selection.where = event.target.value; this.apply(); } }}));
  }

  filterField(filter, index) {
    const set = (change) => { Object.assign(filter, change); this.drawFilters(); };
    const bare = filter.op === 'null' || filter.op === 'not null';
    return h('span', {class: 'filter'},
      h('select', {'aria-label': 'Column', onchange: (event) => set({column: event.target.value})},
        this.table.columns.map((one) => h('option', {value: one.name, selected: one.name === filter.column}, one.name))),
      h('select', {'aria-label': 'Comparison', onchange: (event) => { set({op: event.target.value}); if (/null/.test(event.target.value)) this.apply(); }},
        OPERATORS.map((op) => h('option', {value: op, selected: op === filter.op}, op))),
      !bare && h('input', {'aria-label': 'Value', value: filter.values.join(', '), placeholder: filter.op === 'in' ? '1, 2, 3' : 'value, Enter',
        oninput: (event) => { filter.values = filter.op === 'in' ? event.target.value.split(',').map((one) => one.trim()) : [event.target.value]; },
        onkeydown: (event) => { if (event.key === 'Enter') this.apply(); }}),
      h('button', {'aria-label': 'Remove the filter', onclick: () => { this.selection.filters.splice(index, 1); this.drawFilters(); this.apply(); }}, '×'));
  }

  sort(column, add) {
    const {sorts} = this.selection, at = sorts.findIndex((one) => one.column === column.name);
    const next = at < 0 ? [{column: column.name, descending: false}]
      : sorts[at].descending ? [] : [{column: column.name, descending: true}];
    const others = add ? sorts.filter((one) => one.column !== column.name) : [];
    this.selection.sorts = [...others, ...next];
    this.apply();
  }

  // Changes.

  async edit({row, index, number, column}, box) {
    const {edits} = this;
    try {
      const key = row.added ? [] : edits.key(row);
      const input = row.added ? edits.added[index][column.name] : edits.input(row, column);
      const original = row.added ? null : await wholeCell(this.table, key, column, row.c[number]);
      const cell = input === undefined ? original : input === null ? null : 'text' in input ? input.text
        : 'hex' in input ? {b: input.hex, n: input.hex.length / 2} : {default: true};
      openEditor({column, cell, reason: this.reason, isNew: Boolean(row.added), sqlite: edits.kinds}, box, (next) => {
        if (next !== undefined && row.added) edits.added[index][column.name] = next;
        else if (next !== undefined) edits.set(row, column, next, encode(original, row.t?.[number]));
        this.draw();
        this.grid.element.focus();
      });
    } catch (error) {
      toast(error.message, 'error');
    }
  }

  insert(values) {
    this.edits.added.unshift(values);
    this.grid.element.scrollTop = 0;
    this.grid.select(0, this.table.columns.findIndex((one) => !one.hasDefault && !one.generated));
    this.draw();
  }

  async duplicate() {
    const {row} = this.grid.current();
    if (!row || row.added) return;
    const values = {};
    for (const [i, column] of this.table.columns.entries()) {
      if (this.table.key.includes(column.name) || column.generated) continue;
      const cell = await wholeCell(this.table, this.edits.key(row), column, row.c[i]);
      values[column.name] = cell === null ? null : typeof cell === 'string' ? {text: cell} : {hex: cell.b};
    }
    this.insert(values);
  }

  remove() {
    const {row, index} = this.grid.current();
    if (!row || this.reason) return;
    if (row.added) this.edits.added.splice(index, 1);
    else this.edits.toggleRemoved(row);
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
      replace(this.problem, errorBox({message: `Nothing was saved: ${outcome.error}`,
        detail: `${statements[outcome.failed]}\n${outcome.detail}`}));
    } catch (error) {
      toast(error.message, 'error');
    }
  }

  // Beyond this table.

  follow(key, cell) {
    go({view: 'data', schema: key.target.schema, table: key.target.name,
      filters: [{column: key.targetColumns[0] ?? 'id', op: '=', values: [cell]}]});
  }

  async showReferring() {
    const {row} = this.grid.current();
    if (!row || row.added) return;
    const lines = this.table.referredBy.map((key) => {
      const filters = key.columns.map((column, i) => {
        const number = this.table.columns.findIndex((one) => one.name === key.targetColumns[i]);
        const cell = row.c[number];
        return typeof cell === 'string' ? {column, op: '=', values: [cell]} : {column, op: 'null'};
      });
      const count = h('span', {class: 'dim'}, ' …');
      call('count', {schema: key.from.schema, table: key.from.name, filters})
        .then((answer) => { count.textContent = ` ${plural(answer.rows, 'row')}`; })
        .catch((error) => { count.textContent = ` ${error.message}`; });
      return h('div', {}, h('button', {class: 'link', onclick: () =>
        go({view: 'data', schema: key.from.schema, table: key.from.name, filters})},
      `${key.from.name} (${key.columns.join(', ')})`), count);
    });
    this.peek.hidden = false;
    replace(this.peek, h('h2', {}, 'Rows that refer to this one'), lines,
      h('button', {onclick: () => { this.peek.hidden = true; this.grid.draw(); }}, 'Close'));
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
    } catch (error) {
      toast(error.message, 'error');
    }
  }
}

export function unsaved() {
  return [...kept.values()].some((edits) => edits.count > 0);
}

