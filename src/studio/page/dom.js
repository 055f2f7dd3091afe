// Elements without markup: what comes out of the database only ever becomes text.

/** h('button', {class: 'x', onclick: f, 'aria-label': 'y'}, 'text', child) */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  append(element, children);
  return element;
}

/** The same for SVG. */
export function s(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  append(element, children);
  return element;
}

function set(element, name, value) {
  if (value === undefined || value === null) return;
  if (name.startsWith('aria-')) { element.setAttribute(name, String(value)); return; }
  if (value === false) return;
  if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
  else if (name === 'value') element.value = value;
  else if (name === 'style') Object.assign(element.style, value);
  else element.setAttribute(name, value === true ? '' : value);
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child);
  }
}

export function replace(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

export function toast(text, kind = 'info') {
  const note = h('div', {class: `toast ${kind}`}, text);
  document.getElementById('toasts').append(note);
  setTimeout(() => note.remove(), kind === 'error' ? 9000 : 4000);
}

/** What a failed request says, with what to do about it. */
export function errorBox(error) {
  return h('div', {class: 'error', role: 'alert'},
    h('strong', {}, error.message),
    error.detail && h('p', {}, error.detail),
    error.hint && h('p', {class: 'hint'}, error.hint));
}

export function plural(number, word) {
  return `${number.toLocaleString('en')} ${word}${number === 1 ? '' : 's'}`;
}

/** A dialog that resolves to what was typed; empty or null when it was closed. */
export async function askText({title, label, value, choice}) {
  const field = h('input', {'aria-label': label, value, size: 40, onkeydown: (event) => {
    if (event.key === 'Enter') event.target.closest('dialog').querySelector('.buttons button:last-child').click();
  }});
  const yes = ask({title, body: field, choices: [{label: choice, value: true, kind: 'primary'}]});
  field.focus();
  field.select();
  return await yes && field.value.trim();
}

/** A dialog that resolves to what was chosen; null when it was closed. */
export function ask({title, body, choices}) {
  return new Promise((resolve) => {
    const finish = (value) => {
      resolve(value);
      dialog.close();
      dialog.remove();
    };
    const buttons = choices.map((choice) =>
      h('button', {class: choice.kind ?? '', onclick: () => finish(choice.value)}, choice.label));
    const cancel = h('button', {onclick: () => finish(null)}, 'Cancel');
    const dialog = h('dialog', {'aria-label': title, oncancel: () => finish(null)},
      h('h2', {}, title), h('div', {class: 'dialog-body'}, body), h('div', {class: 'buttons'}, cancel, buttons));
    document.body.append(dialog);
    dialog.showModal();
    // The Enter that is pressed without looking does no harm.
    (choices.at(-1)?.kind === 'danger' ? cancel : buttons.at(-1) ?? cancel).focus();
  });
}

/** As a file of who looks. */
export function save(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], {type}));
  h('a', {href: url, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
