// The dialog that says which columns are shown, and in which order.
import {h, replace} from './dom.js';

/** Resolves when it is closed; `changed` is called with each change. */
export function chooseColumns(columns, changed) {
  return new Promise((resolve) => {
    const list = h('ul', {class: 'columns'});
    const wanted = h('input', {type: 'search', 'aria-label': 'Search columns', placeholder: 'Search columns', oninput: () => draw()});
    const close = () => { dialog.close(); dialog.remove(); resolve(); };
    const change = (does, focus) => {
      does();
      changed();
      draw();
      if (focus) list.querySelector(`[data-focus="${focus}"]`)?.focus();
    };
    const box = (one, field, label) => h('input', {type: 'checkbox', 'aria-label': `${label} ${one.column.name}`, checked: field === 'hidden' ? !one.hidden : one[field],
      'data-focus': `${field}${one.number}`, onchange: () => change(() => { one[field] = !one[field]; }, `${field}${one.number}`)});
    const mover = (one, steps, text, label) => h('button', {'aria-label': `${label} ${one.column.name}`, 'data-focus': `${label}${one.number}`,
      onclick: () => change(() => columns.move(one, steps), `${label}${one.number}`)}, text);
    const draw = () => {
      const text = wanted.value.toLowerCase();
      const found = columns.all.filter((one) => one.column.name.toLowerCase().includes(text)).slice(0, MOST);
      replace(list, found.map((one) => h('li', {}, h('label', {}, box(one, 'hidden', 'Show'), ' ', one.column.name), h('span', {class: 'gap'}),
        h('label', {class: 'dim'}, box(one, 'pinned', 'Pin'), ' pinned'), mover(one, -1, '↑', 'Earlier'), mover(one, 1, '↓', 'Later'))),
      found.length === MOST && h('li', {class: 'dim'}, 'Search to see others.'));
    };
    const all = (hidden) => () => change(() => { for (const one of columns.all) one.hidden = hidden; });
    const dialog = h('dialog', {'aria-label': 'Columns', oncancel: close}, h('h2', {}, 'Columns'), wanted, h('div', {class: 'dialog-body'}, list),
      h('div', {class: 'buttons'}, h('button', {onclick: all(false)}, 'Show all'), h('button', {onclick: all(true)}, 'Hide all'),
        h('button', {onclick: () => change(() => columns.reset())}, 'As they were'), h('button', {class: 'primary', onclick: close}, 'Done')));
    document.body.append(dialog);
    draw();
    dialog.showModal();
    wanted.focus();
  });
}

const MOST = 200;  // at once
