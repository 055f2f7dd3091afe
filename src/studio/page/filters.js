// Which rows: conditions on columns, groups of them within groups, and one in SQL.
import {h, replace} from './dom.js';
import {textOf} from './copy.js';

const OPERATORS = {
  text: ['=', '<>', '<', '<=', '>', '>=', 'contains', 'starts', 'in', 'null', 'not null'],
  number: ['=', '<>', '<', '<=', '>', '>=', 'contains', 'in', 'null', 'not null'],
  boolean: ['=', '<>', 'null', 'not null'],
  json: ['contains', 'starts', 'null', 'not null'],
  bytes: ['=', '<>', 'null', 'not null'],
};

export class FilterBar {
  /** @param selection {filters, any, where}, which is changed; `apply` is called when rows are to be read anew */
  constructor(table, selection, apply) {
    Object.assign(this, {table, selection, apply});
    this.element = h('div', {class: 'filters'});
    this.draw();
  }

  /** Another condition: to be filled in, or, with a value, by it. */
  add(column, cell) {
    if (cell === undefined) {
      this.selection.filters.push(emptyFilter(column));
      this.draw();
      this.element.querySelector(':scope > .filter:last-of-type input')?.focus();
      return;
    }
    const filter = sameAs(column.name, cell);
    this.selection.filters.push(OPERATORS[column.class].includes(filter.op) ? filter : {...filter, op: 'contains'});
    this.draw();
    this.apply();
  }

  draw() {
    const {selection} = this;
    replace(this.element, this.members(selection),
      h('input', {class: 'raw', 'aria-label': 'SQL condition', placeholder: 'SQL condition', value: selection.where,
        onkeydown: (event) => { if (event.key === 'Enter') { selection.where = event.target.value; this.apply(); } }}));
  }

  /** What a group consists of, how it combines, and what makes it larger. */
  members(group) {
    const {filters} = group, drop = (at) => { filters.splice(at, 1); this.draw(); this.apply(); };
    const grow = (filter) => { filters.push(filter); this.draw(); };
    const [column] = this.table.columns;
    return [
      filters.map((one, at) => one.filters
        ? h('span', {class: 'filter group', role: 'group', 'aria-label': 'Group of filters'}, this.members(one),
          h('button', {'aria-label': 'Remove the group', onclick: () => drop(at)}, '×'))
        : this.field(one, () => drop(at))),
      filters.length > 1 && h('select', {'aria-label': 'How filters combine', onchange: (event) => { group.any = event.target.value === 'or'; this.apply(); }},
        h('option', {value: 'and', selected: !group.any}, 'all of them'), h('option', {value: 'or', selected: group.any}, 'any of them')),
      group !== this.selection && h('button', {'aria-label': 'Add a filter to the group', onclick: () => grow(emptyFilter(column))}, '+'),
      h('button', {'aria-label': 'Add a group', title: 'A group of filters, which combine in another way', onclick: () => grow({any: !group.any, filters: [emptyFilter(column)]})}, '( )'),
    ];
  }

  field(filter, remove) {
    const set = (change) => { Object.assign(filter, change); this.draw(); };
    const column = this.table.columns.find((one) => one.name === filter.column) ?? {name: filter.column, class: 'text'};
    const operators = OPERATORS[column.class], bare = filter.op === 'null' || filter.op === 'not null';
    const choose = (name) => {
      const next = this.table.columns.find((one) => one.name === name), allowed = OPERATORS[next.class];
      set({column: name, op: allowed.includes(filter.op) ? filter.op : allowed[0], values: valuesOf(next) ? [valuesOf(next)[0]] : filter.values ?? ['']});
    };
    return h('span', {class: 'filter'},
      h('select', {'aria-label': 'Column', onchange: (event) => choose(event.target.value)},
        this.table.columns.map((one) => h('option', {value: one.name, selected: one.name === filter.column}, one.name))),
      h('select', {'aria-label': 'Comparison', onchange: (event) => { set({op: event.target.value}); if (/null/.test(event.target.value)) this.apply(); }},
        operators.map((op) => h('option', {value: op, selected: op === filter.op}, op))),
      !bare && valuesOf(column) && filter.op !== 'in' && h('select', {'aria-label': 'Value', onchange: (event) => { filter.values = [event.target.value]; this.apply(); }},
        valuesOf(column).map((value) => h('option', {value, selected: value === filter.values?.[0]}, value))),
      !bare && !(valuesOf(column) && filter.op !== 'in') && h('input', {'aria-label': 'Value', value: (filter.values ?? []).join(', '), placeholder: filter.op === 'in' ? '1, 2, 3' : 'value, Enter',
        oninput: (event) => { filter.values = filter.op === 'in' ? event.target.value.split(',').map((one) => one.trim()) : [event.target.value]; },
        onkeydown: (event) => { if (event.key === 'Enter') this.apply(); }}),
      h('button', {'aria-label': 'Remove the filter', onclick: remove}, '×'));
  }
}

/** The rows whose column holds what a cell does. */
export function sameAs(column, cell) {
  return cell === null ? {column, op: 'null'} : {column, op: '=', values: [textOf(cell)]};
}

function emptyFilter(column) {
  return {column: column.name, op: OPERATORS[column.class][0], values: [valuesOf(column)?.[0] ?? '']};
}

/** All that a column can hold, where that is a short list. */
function valuesOf(column) {
  return column.values ?? (column.class === 'boolean' ? ['true', 'false'] : undefined);
}
