// A grid over any number of rows: only what is in sight is in the page. Browsers limit
// the height of an element, so where there are very many rows the scroll position is
// stretched.
import {h} from './dom.js';
import {cellOfInput, shown} from './cells.js';
import {Columns} from './columns.js';

const MARKS = {'◆': 'part of the key', '↗': 'refers to another table', 'ƒ': 'written by the database'};
const ROW = 28, HEAD = 44, NUMBERS = 64, MOST_PIXELS = 10_000_000;

export class Grid {
  /** @param view {table, database, rows(), edits, order(), onsort, onopen, onfollow, onremove, onselect} */
  constructor(view) {
    this.view = view;
    this.columns = new Columns(view.table, view.database);
    this.selected = {row: 0, column: 0};
    this.anchor = this.selected;  // the other corner of what is selected
    this.space = h('div', {class: 'space', role: 'presentation'});
    this.head = h('div', {class: 'head', role: 'row'});
    this.body = h('div', {role: 'presentation'});
    this.space.append(this.head, this.body);
    this.element = h('div', {class: 'grid', role: 'grid', tabindex: '0',
      'aria-label': `Rows of ${view.table.name}`, 'aria-colcount': view.table.columns.length, 'aria-multiselectable': 'true',
      onscroll: () => { this.held = false; this.draw(); }, onkeydown: (event) => this.key(event), onpointerdown: (event) => this.hold(event)}, this.space);
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  get added() { return this.view.edits.added.length; }
  get total() { return this.added + this.view.rows().total; }

  /** How many pixels of content stand for one of the scroll bar. */
  get stretch() {
    const real = this.total * ROW, room = this.element.clientHeight - HEAD;
    return real <= MOST_PIXELS ? 1 : (real - room) / (MOST_PIXELS - room);
  }

  draw() {
    this.owed = this.held;
    if (this.held) return;
    const height = Math.min(this.total * ROW, MOST_PIXELS);
    const {placed: columns, width} = this.columns.place(NUMBERS, this.element.scrollLeft);
    this.space.style.height = `${height + HEAD}px`;
    this.space.style.width = `${width}px`;
    this.element.setAttribute('aria-rowcount', this.total);
    const left = this.element.scrollLeft, right = left + this.element.clientWidth;
    const seen = columns.filter((one) => one.pinned || (one.left + one.width >= left && one.left <= right));
    this.drawHead(seen);
    this.drawRows(seen, width);
  }

  /** What is pressed stays until it is let go: a click on what was made anew in between would be lost. */
  hold(event) {
    if (event.button !== 0 || this.held || event.target === this.element) return;  // that is a scroll bar
    this.held = true;
    const ended = new AbortController(), {signal} = ended;
    const release = () => {
      ended.abort();
      this.held = false;
      if (this.owed) requestAnimationFrame(() => this.draw());  // after the click
    };
    for (const end of ['pointerup', 'pointercancel']) addEventListener(end, release, {signal});
  }

  drawHead(columns) {
    const order = this.view.order();
    this.head.replaceChildren(...columns.map((at) => this.headCell(at, order)));
  }

  headCell(at, order) {
    const {column} = at;
    const sort = order.findIndex((one) => one.column === column.name);
    const direction = sort < 0 ? 'none' : order[sort].descending ? 'descending' : 'ascending';
    const mark = sort < 0 ? '' : order[sort].descending ? ' ↓' : ' ↑';
    const {table} = this.view, marks = [table.key.includes(column.name) && '◆', this.referenceAt(at.number) && '↗', column.generated && 'ƒ'].filter(Boolean);
    const cell = h('div', {class: column.sorts ? 'th' : 'th unsorted', role: 'columnheader', 'aria-colindex': at.number + 1, 'aria-sort': direction, title: [`${column.name}: ${column.type}`, ...marks.map((mark) => MARKS[mark])].join(', '),
      style: {left: `${at.left}px`, width: `${at.width}px`, zIndex: at.pinned ? 1 : ''},
      onclick: (event) => this.view.onsort(column, event.shiftKey)},
    marks.length > 0 && h('span', {class: 'marks'}, `${marks.join('')} `), `${column.name}${mark}${sort >= 0 && order.length > 1 ? sort + 1 : ''}`,
    h('small', {}, column.type + (column.notNull ? '' : ' · null')),
    h('span', {class: 'grip', onpointerdown: (event) => this.resize(event, at.origin), onclick: (event) => event.stopPropagation()}));
    return cell;
  }

  resize(event, origin) {
    event.preventDefault();
    event.stopPropagation();  // it draws all the time
    const start = event.clientX, width = origin.width;
    const move = (to) => {
      origin.width = Math.max(48, width + to.clientX - start);
      this.draw();
    };
    const end = () => { removeEventListener('pointermove', move); this.columns.keep(); };
    addEventListener('pointermove', move);
    addEventListener('pointerup', end, {once: true});
  }

  drawRows(columns, width) {
    const top = this.element.scrollTop, stretch = this.stretch;
    const first = Math.max(0, Math.floor(top * stretch / ROW));
    const count = Math.ceil((this.element.clientHeight - HEAD) / ROW) + 1;
    const shift = stretch === 1 ? 0 : top - first * ROW;  // of what is drawn, to where it is seen
    const last = Math.min(this.total, first + count);
    const rows = [];
    for (let index = first; index < last; ++index) rows.push(this.drawRow(index, columns, width, shift));
    this.body.replaceChildren(...rows);
    if (this.body.querySelector('#current-cell')) this.element.setAttribute('aria-activedescendant', 'current-cell');
    else this.element.removeAttribute('aria-activedescendant');
  }

  drawRow(index, columns, width, shift) {
    const row = this.rowAt(index), {edits} = this.view;
    const removed = row && !row.added && edits.isRemoved(row);
    const kind = row?.added ? ' added' : removed ? ' removed' : '';
    const element = h('div', {class: `row${kind}`, role: 'row', 'aria-rowindex': index + 1,
      style: {top: `${HEAD + index * ROW + shift}px`, width: `${width}px`}});
    element.append(h('div', {class: 'cell number-column', role: 'rowheader',
      style: {left: `${this.element.scrollLeft}px`, width: `${NUMBERS}px`, zIndex: 2}},
    row?.added ? 'new' : (index - this.added + 1).toLocaleString('en')));
    for (const at of columns) element.append(this.drawCell(index, row, at));
    return element;
  }

  /** A new row looks like the others, with what is not given as default. */
  rowAt(index) {
    const {edits, table} = this.view;
    if (index < this.added) {
      const set = edits.added[index];
      const c = table.columns.map((column) => cellOfInput(set[column.name] ?? {default: true}));
      return {added: true, index, c};
    }
    return this.view.rows().at(index - this.added);
  }

  /** The row once it is here; undefined behind the last one. */
  async fetch(index) {
    return index < this.added ? this.rowAt(index) : this.view.rows().fetch(index - this.added);
  }

  drawCell(index, row, at) {
    const {number} = at;
    const input = row && !row.added ? this.view.edits.input(row, at.column) : undefined;
    const cell = row ? (input === undefined ? row.c[number] : cellOfInput(input)) : undefined;
    const {text, kind} = row ? shown(cell) : {text: '…', kind: 'null'};
    const picked = this.selected.row === index && this.selected.column === number;
    const within = this.isWithin(index, at.order);
    const classes = ['cell', kind, at.column.class === 'number' ? 'number' : '', at.pinned ? 'pinned' : '',
      input === undefined ? '' : 'changed', picked ? 'selected' : within ? 'within' : ''].filter(Boolean).join(' ');
    const element = h('div', {class: classes, id: picked ? 'current-cell' : undefined, role: 'gridcell', 'aria-selected': picked || within, title: text.length > 20 ? text : undefined,
      style: {left: `${at.left}px`, width: `${at.width}px`},
      'aria-colindex': number + 1, onpointerdown: (event) => this.select(index, number, event.shiftKey),
      ondblclick: () => this.open()}, text);
    const refers = this.referenceAt(number);
    if (refers && row && !row.added && this.isFilled(refers.columns, row))
      element.append(h('button', {class: 'follow', tabindex: '-1', 'aria-label': `Go to ${refers.target.name}`,
        onpointerdown: (event) => { event.stopPropagation(); this.hold(event); },
        onclick: () => this.view.onfollow(refers, row)}, '↗'));
    return element;
  }

  /** The foreign key that this column is of; of several the one of the fewest columns. */
  referenceAt(number) {
    const {table} = this.view, name = table.columns[number]?.name;
    return table.refersTo.filter((key) => key.columns.includes(name)).sort((a, b) => a.columns.length - b.columns.length)[0];
  }

  isFilled(names, row) {
    return names.every((name) => row.c[this.view.table.columns.findIndex((one) => one.name === name)] !== null);
  }

  /** The number of a column so many steps from another one, as they are shown. */
  beside(number, steps) {
    return this.columns.beside(number, steps);
  }

  select(row, column, extend = false) {
    this.selected = {
      row: Math.max(0, Math.min(this.total - 1, row)),
      column: Math.max(0, Math.min(this.view.table.columns.length - 1, column)),
    };
    if (!extend) this.anchor = this.selected;
    this.draw();
    this.view.onselect?.();
  }

  current() {
    const row = this.rowAt(this.selected.row);
    return {row, index: this.selected.row, number: this.selected.column, column: this.view.table.columns[this.selected.column]};
  }

  /** First and last row, and the columns in the order in which they are shown. */
  get block() {
    const rows = [this.anchor.row, this.selected.row].sort((a, b) => a - b);
    const [from, to] = [this.anchor, this.selected].map((one) => this.columns.orderOf(one.column)).sort((a, b) => a - b);
    return {first: rows[0], last: rows[1], columns: this.columns.shown.slice(from, to + 1), from, to};
  }

  isWithin(row, order) {
    const {first, last, from, to} = this.block;
    return row >= first && row <= last && order >= from && order <= to;
  }

  /** Selects a cell, and scrolls there. */
  go(row, column, extend = false) {
    this.select(row, column, extend);
    this.show();
    this.draw();
  }

  /** `typed` takes the place of what is in the cell. */
  open(typed) {
    const current = this.current();
    if (current.row) this.view.onopen(current, this.cellBox(), typed);
  }

  /** Where the selected cell is, for the editor. */
  cellBox() {
    const cell = this.body.querySelector('.selected');
    const box = (cell ?? this.element).getBoundingClientRect();
    return {left: box.left, top: box.top, width: box.width};
  }

  show() {
    const {row, column} = this.selected, room = this.element.clientHeight - HEAD;
    const stretch = this.stretch, y = row * ROW, top = this.element.scrollTop * stretch;
    if (y < top) this.element.scrollTop = y / stretch;
    else if (y + ROW > top + room) this.element.scrollTop = (y + ROW - room) / stretch;
    const {placed, pinnedWidth} = this.columns.place(NUMBERS, this.element.scrollLeft);
    const at = placed.find((one) => one.number === column);
    if (!at || at.pinned) return;
    if (at.left - pinnedWidth < this.element.scrollLeft) this.element.scrollLeft = at.left - pinnedWidth;
    const over = at.left + at.width - this.element.scrollLeft - this.element.clientWidth;
    if (over > 0) this.element.scrollLeft += over;
  }

  key(event) {
    if (event.target !== this.element) return;
    const page = Math.floor((this.element.clientHeight - HEAD) / ROW);
    const {row, column} = this.selected, control = event.ctrlKey || event.metaKey;
    const moves = {
      ArrowDown: [row + 1, column], ArrowUp: [row - 1, column], ArrowRight: [row, this.beside(column, 1)], ArrowLeft: [row, this.beside(column, -1)],
      PageDown: [row + page, column], PageUp: [row - page, column],
      Home: control ? [0, this.beside(column, -Infinity)] : [row, this.beside(column, -Infinity)],
      End: control ? [this.total - 1, column] : [row, this.beside(column, Infinity)],
    };
    if (moves[event.key]) {
      this.go(...moves[event.key], event.shiftKey);
    } else if (event.key === 'Enter' || event.key === 'F2') {
      this.open();
    } else if (event.key === 'Delete') {
      this.view.onremove();
    } else if (shortcut(event) === 's') {
      this.view.onsort(this.view.table.columns[column], event.shiftKey);
    } else if (isTyped(event)) {
      this.open(event.key);
    } else {
      return;
    }
    event.preventDefault();
  }
}

/** The letter that is pressed with Alt: what is typed without it goes into the cell. */
export function shortcut(event) {
  if (!event.altKey || event.ctrlKey || event.metaKey) return '';
  return (/^[a-z]$/i.test(event.key) ? event.key : event.code.replace('Key', '')).toLowerCase();
}

/** Whether it is a character, which `/` is not: it searches the tables. */
function isTyped(event) {
  const graph = event.getModifierState('AltGraph');
  return event.key.length === 1 && event.key !== '/' && !event.metaKey && (graph || (!event.ctrlKey && !event.altKey));
}
