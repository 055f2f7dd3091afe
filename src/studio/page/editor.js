// The editor of one value. Nothing is written before it is saved.
import {call} from './api.js';
import {h, toast} from './dom.js';
import {isCut} from './cells.js';
import {makeField, takesEmpty} from './fields.js';
import {momentPicker} from './moment.js';

/** The whole value of a cell that is cut, as it would be sent. */
export async function wholeCell(table, key, column, cell) {
  if (!isCut(cell)) return cell;
  const answer = await call('value', {schema: table.schema, table: table.name, column: column.name, key});
  if (answer.value === null) return null;
  return 'b' in cell ? {b: answer.value, n: answer.value.length / 2} : answer.value;
}

/**
 * @param what {column, cell (whole), kind (its storage class, on SQLite), reason (why it cannot be changed), isNew, sqlite,
 *   refers (a foreign key of this column), typed (what was typed to open it)}
 * @param done called with the input, or undefined when nothing was changed, and the number of columns to go on by
 */
export function openEditor({column, cell, kind, reason, isNew, sqlite, refers, typed}, box, done) {
  const readOnly = reason || (column.generated ? 'the database writes this column itself' : '');
  const field = makeField({column, cell, kind, sqlite}, readOnly ? undefined : typed), {element, bytes} = field;
  element.disabled = Boolean(readOnly);
  element.setAttribute('aria-label', `Value of ${column.name}`);
  const problem = h('div', {class: 'hint', role: 'alert'}, readOnly);
  const finish = (input, step = 0) => {
    editor.remove();
    removeEventListener('pointerdown', outside, true);
    done(input, step);
  };
  /** False where it stays open, because the database would refuse what is in it. */
  const take = (step) => {
    if (readOnly || !field.touched()) { finish(undefined, step); return true; }
    problem.textContent = check(column, element.value, bytes);
    if (problem.textContent) { element.focus(); return false; }
    finish(field.read(), step);
    return true;
  };
  const outside = (event) => {
    if (editor.contains(event.target) || take()) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const key = (event) => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Escape') { finish(undefined); return; }
    if (event.target !== element) return;
    const below = event.key === 'ArrowDown' && (event.altKey || element.tagName === 'INPUT');
    if (event.key === 'Enter' && !(element.tagName === 'TEXTAREA' && event.shiftKey)) take();
    else if (event.key === 'Tab') take(event.shiftKey ? -1 : 1);
    else if (below) editor.querySelector('.moment input, button')?.focus();
    else return;
    event.preventDefault();
  };
  const editor = h('div', {class: 'editor', role: 'dialog', 'aria-label': `Edit ${column.name}`, onkeydown: key},
    h('strong', {}, column.name, ' ', h('small', {class: 'dim'}, column.type)), element, problem,
    !readOnly && element.tagName === 'INPUT' && momentPicker(column, element),
    refers && !readOnly && picker(refers, element, take),
    h('div', {class: 'buttons'},
      !readOnly && h('button', {class: 'primary', onclick: () => take()}, 'Keep'),
      !readOnly && !column.notNull && h('button', {onclick: () => finish(null)}, 'NULL'),
      !readOnly && takesEmpty(column, sqlite) && h('button', {onclick: () => finish({text: ''})}, 'Empty'),
      !readOnly && (isNew || !sqlite) && h('button', {onclick: () => finish({default: true})}, 'Default'),
      column.class === 'json' && !readOnly && h('button', {onclick: () => indent(element, problem)}, 'Format'),
      bytes && h('button', {onclick: () => saveBytes(column, field.text)}, 'Download'),
      bytes && !readOnly && h('button', {onclick: () => loadBytes(element)}, 'Upload'),
      h('button', {onclick: () => finish(undefined)}, 'Close')));
  document.body.append(editor);
  const width = editor.offsetWidth, height = editor.offsetHeight;
  editor.style.left = `${Math.max(4, Math.min(box.left, innerWidth - width - 8))}px`;
  editor.style.top = `${Math.max(4, Math.min(box.top, innerHeight - height - 8))}px`;
  addEventListener('pointerdown', outside, true);
  (element.disabled ? editor.querySelector('button') : element).focus();
  if (typed === undefined) element.select?.();
  else element.dispatchEvent(new Event('input'));
}

/** Rows of the table that is referred to, by their key or by what they are called. */
function picker(refers, field, take) {
  const path = {schema: refers.target.schema, table: refers.target.name}, list = h('ul', {class: 'picks', 'aria-label': `Rows of ${refers.target.name}`});
  const [keyColumn] = refers.targetColumns;
  let table, wish = 0;
  /** All of them for no text: what is in the field at first is only one. */
  const search = async (text) => {
    const mine = ++wish;
    try {
      table ??= await call('table', path);
      const number = (name) => table.columns.findIndex((one) => one.name === name);
      const label = table.columns.find((one) => one.class === 'text' && one.name !== keyColumn && !one.values)?.name;
      const filters = text === '' ? [] : [keyColumn, label].filter(Boolean).map((column) => ({column, op: 'contains', values: [text]}));
      const {rows} = await call('rows', {...path, filters, any: true, limit: 8});
      if (mine !== wish) return;
      list.replaceChildren(...rows.map(({c}) => {
        const key = c[number(keyColumn)], name = label ? c[number(label)] : null;
        return h('li', {}, h('button', {class: 'link', onclick: () => { field.value = key; take(); }}, key), ' ', h('span', {class: 'dim'}, name?.t ?? name ?? ''));
      }));
    } catch (error) {
      list.replaceChildren(h('li', {class: 'dim'}, error.message));
    }
  };
  field.addEventListener('input', () => search(field.value));
  field.addEventListener('focus', () => search(''), {once: true});
  return list;
}

/** What the database would refuse, where that is certain. */
function check(column, text, bytes) {
  if (bytes) return /^([0-9a-f]{2}|\s)*$/i.test(text) ? '' : 'Bytes are pairs of hexadecimal digits.';
  if (column.class === 'json' && text !== '') {
    try { JSON.parse(text); } catch (error) { return `This is no JSON: ${error.message}`; }
  }
  return '';
}

function indent(field, problem) {
  // Not by JSON.parse and back: numbers would lose digits.
  try { JSON.parse(field.value); } catch (error) { problem.textContent = error.message; return; }
  field.value = indented(field.value);
  field.dispatchEvent(new Event('input'));
  field.rows = Math.min(16, field.value.split('\n').length + 1);
}

export function indented(text) {
  let out = '', depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  for (const token of text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []) {
    if (token === '{' || token === '[') { ++depth; out += token + line(); }
    else if (token === '}' || token === ']') { --depth; out = out.trimEnd(); out += /[{[]$/.test(out) ? token : line() + token; }
    else if (token === ',') out += token + line();
    else if (token === ':') out += ': ';
    else out += token;
  }
  return out;
}

function saveBytes(column, hex) {
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const url = URL.createObjectURL(new Blob([bytes], {type: 'application/octet-stream'}));
  const link = h('a', {href: url, download: `${column.name}.bin`});
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function loadBytes(field) {
  const chooser = h('input', {type: 'file', onchange: async () => {
    const file = chooser.files[0];
    if (!file) return;
    if (file.size > 8 << 20) { toast('Files of more than 8 MiB are not taken here.', 'error'); return; }
    const bytes = new Uint8Array(await file.arrayBuffer());
    field.value = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    field.dispatchEvent(new Event('input'));
  }});
  chooser.click();
}
