// The list of tables and views: searched, and drawn only where it is seen, since there
// may be thousands.
import {call} from './api.js';
import {errorBox, h, replace} from './dom.js';
import {tableName} from './names.js';
import {forgetRelations} from './relations.js';
import {go} from './route.js';

const ENTRY = 26, PAGE = 15;

export class Sidebar {
  constructor(element) {
    this.element = element;
    this.tables = [];
    this.found = [];
    this.chosen = -1;  // the entry that the arrow keys are at
    this.input = h('input', {type: 'search', placeholder: 'Search tables  /', 'aria-label': 'Search tables', 'aria-controls': 'tables',
      oninput: () => this.search(), onkeydown: (event) => this.key(event)});
    this.content = h('div', {role: 'presentation'});
    this.list = h('div', {class: 'list', id: 'tables', role: 'navigation', 'aria-label': 'Tables and views', tabindex: '0',
      onkeydown: (event) => this.key(event), onscroll: () => this.draw()}, this.content);
    replace(element, h('div', {class: 'find'}, this.input,
      h('button', {'aria-label': 'Read the list of tables again', title: 'Refresh', onclick: () => this.load(true)}, '⟳')), this.list);
    new ResizeObserver(() => this.draw()).observe(this.list);
  }

  async load(refresh = false) {
    if (refresh) forgetRelations();
    try {
      this.tables = (await call('tables', {refresh})).tables;
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.loaded = true;
    this.search();
  }

  search() {
    this.found = ranked(this.tables, this.input.value);
    this.list.scrollTop = 0;
    this.chosen = -1;
    this.draw();
  }

  /** Goes there by the arrow keys; the focus stays, since entries come and go. */
  choose(index) {
    this.chosen = Math.max(0, Math.min(this.found.length - 1, index));
    const top = this.chosen * ENTRY, room = this.list.clientHeight - ENTRY;
    this.list.scrollTop = Math.max(top - room, Math.min(this.list.scrollTop, top));
    this.draw();
  }

  show(state) {
    this.state = state;
    this.draw();
  }

  draw() {
    if (this.error || (this.loaded && !this.found.length)) {
      replace(this.content, this.error ? errorBox(this.error)
        : h('p', {class: 'empty'}, this.tables.length ? 'No table of that name.' : 'There are no tables yet.'));
      return;
    }
    const first = Math.max(0, Math.floor(this.list.scrollTop / ENTRY));
    const count = Math.ceil(this.list.clientHeight / ENTRY) + 2;
    this.content.style.height = `${this.found.length * ENTRY}px`;
    replace(this.content, this.found.slice(first, first + count).map((table, i) => this.entry(table, first + i)));
    if (this.chosen < 0) this.input.removeAttribute('aria-activedescendant');
    else this.input.setAttribute('aria-activedescendant', 'chosen-table');
  }

  entry(table, index) {
    const current = this.state?.table === table.name && (this.state?.schema ?? '') === table.schema;
    const rows = table.rows === null ? '' : short(table.rows);
    const name = tableName(table);
    const chosen = index === this.chosen;
    return h('a', {class: chosen ? 'entry chosen' : 'entry', id: chosen ? 'chosen-table' : undefined, href: '#', tabindex: '-1', 'aria-current': current ? 'page' : undefined, style: {top: `${index * ENTRY}px`},
      onclick: (event) => { event.preventDefault(); this.open(table); }},
    h('span', {'aria-hidden': 'true'}, table.kind === 'view' ? '◇' : '▤'), h('span', {class: 'name', title: name}, name),
    h('span', {class: 'rows'}, rows && `≈${rows}`));
  }

  open(table) {
    const view = this.state?.view === 'schema' ? 'schema' : 'data';
    go({view, schema: table.schema, table: table.name});
  }

  key(event) {
    const moves = {ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE}[event.key];
    if (moves) { event.preventDefault(); this.choose(this.chosen + moves); }
    const table = this.found[Math.max(0, this.chosen)];
    if (event.key === 'Enter' && table) this.open(table);
    if (event.key === 'Escape') { this.input.value = ''; this.search(); }
  }
}

/** Those whose name holds the letters in this order, the closest first. */
export function ranked(tables, text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return tables;
  const score = (table) => {
    const name = `${table.schema ? `${table.schema}.` : ''}${table.name}`.toLowerCase();
    const plain = table.name.toLowerCase();
    if (plain === wanted) return 0;
    if (plain.startsWith(wanted)) return 1;
    if (name.includes(wanted)) return 2;
    let at = -1;
    for (const letter of wanted) {
      at = name.indexOf(letter, at + 1);
      if (at < 0) return Infinity;
    }
    return 3;
  };
  return tables.map((table) => [score(table), table]).filter(([points]) => points < Infinity)
    .sort((a, b) => a[0] - b[0] || a[1].name.length - b[1].name.length).map(([, table]) => table);
}

function short(number) {
  if (number < 1000) return String(number);
  if (number < 1e6) return `${(number / 1e3).toFixed(number < 1e4 ? 1 : 0)}k`;
  return `${(number / 1e6).toFixed(number < 1e7 ? 1 : 0)}M`;
}
