import {call, hasLink, openSession} from './api.js';
import {showConsole} from './console.js';
import {showData, unsaved} from './data.js';
import {errorBox, h, replace} from './dom.js';
import {showMigrations} from './migrations.js';
import {tableName} from './names.js';
import {go, here} from './route.js';
import {showSchema} from './schema.js';
import {Sidebar, ranked} from './sidebar.js';

const VIEWS = [['data', 'Data'], ['sql', 'SQL'], ['schema', 'Schema'], ['migrations', 'Migrations']];
const main = document.getElementById('main');
let info, sidebar;
let place = '/';  // where this tab is, without the secret of a link

/** Also again, with a link that is pasted into this tab: the studio was started anew, or the session has ended. */
async function start() {
  const before = info;
  try {
    await openSession(place);
    info = await call('info');
  } catch (error) {
    replace(main, errorBox(error));
    return;
  }
  if (!before) begin();
  else if (JSON.stringify(before) !== JSON.stringify(info)) location.reload();  // nothing here is of this database
  else show();
  await sidebar.load();
}

function begin() {
  document.title = `${info.database} · Tidemark Studio`;
  document.getElementById('where').textContent = info.database + (info.readOnly ? ' · read-only' : '');
  if (info.remote) warn(`This database is on another machine: ${info.database}${info.readOnly ? ' (read-only)' : ''}`);
  if (info.readOnly) call('role').then(({warning}) => warn(warning), () => {});
  sidebar = new Sidebar(document.getElementById('sidebar'));
  addEventListener('keydown', keys);
  addEventListener('beforeunload', (event) => { if (unsaved()) event.preventDefault(); });
  show();
}

/** Above everything, as long as the page is open. */
function warn(text) {
  const banner = document.getElementById('banner');
  if (!text) return;
  banner.hidden = false;
  banner.append(h('div', {}, text));
}

function show() {
  if (!info) return;
  place = location.hash || '/';
  const state = {view: 'data', ...here()};
  replace(document.getElementById('views'), VIEWS.map(([view, name]) => h('a', {href: '#', 'aria-current': view === state.view ? 'page' : undefined,
    onclick: (event) => { event.preventDefault(); go({view, schema: state.schema, table: state.table}); }}, name)));
  sidebar.show(state);
  main.onkeydown = null;
  const context = {info, sidebar};
  if (state.view === 'sql') showConsole(main, context);
  else if (state.view === 'schema') showSchema(main, state, context);
  else if (state.view === 'migrations') showMigrations(main, context);
  else showData(main, state, context);
}

function keys(event) {
  const typing = event.target.matches('input, textarea, select');
  if (event.key === 'k' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); palette(); }
  if (event.key === '/' && !typing) { event.preventDefault(); sidebar.input.focus(); }
}

/** Everything one can go to, by typing a part of its name. */
function palette() {
  const places = [...VIEWS.map(([view, name]) => ({schema: '', name, state: {view}})),
    ...sidebar.tables.map((table) => ({...table, state: {view: 'data', schema: table.schema, table: table.name}}))];
  let found = [], chosen = 0;
  const close = () => { dialog.close(); dialog.remove(); };
  const open = (place) => { close(); if (place) go(place.state); };
  const list = h('div', {class: 'found', id: 'places', role: 'listbox', 'aria-label': 'Places'});
  const draw = () => {
    drawList();
    list.children[chosen]?.scrollIntoView({block: 'nearest'});
    input.setAttribute('aria-activedescendant', `place-${chosen}`);
  };
  const drawList = () => replace(list, found.map((place, i) => h('div', {role: 'option', id: `place-${i}`, 'aria-selected': i === chosen, onclick: () => open(place)}, tableName(place))));
  const search = () => { found = ranked(places, input.value).slice(0, 30); chosen = 0; draw(); };
  const input = h('input', {'aria-label': 'Go to', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'places', placeholder: 'Go to …', oninput: search, onkeydown: (event) => {
    if (event.key === 'ArrowDown') chosen = Math.min(found.length - 1, chosen + 1);
    else if (event.key === 'ArrowUp') chosen = Math.max(0, chosen - 1);
    else if (event.key === 'Enter') { open(found[chosen]); return; } else return;
    event.preventDefault();
    draw();
  }});
  const dialog = h('dialog', {class: 'palette', 'aria-label': 'Go to', oncancel: close}, input, list);
  document.body.append(dialog);
  search();
  dialog.showModal();
  input.focus();
}

addEventListener('hashchange', () => { if (hasLink()) start(); else show(); });
start();
