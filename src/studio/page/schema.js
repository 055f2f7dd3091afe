// The schema: a diagram of tables and foreign keys, and the DDL of what is picked.
import {call} from './api.js';
import {errorBox, h, plural, replace, s, save} from './dom.js';
import {layout} from './layout.js';
import {tableName} from './names.js';
import {addRelations, beyond} from './relations.js';
import {go, here} from './route.js';

export async function showSchema(main, state, {info}) {
  const canvas = h('div', {class: 'diagram', tabindex: '0', role: 'region', 'aria-label': 'Diagram', onpointerdown: pan,
    onwheel: (event) => { if (event.ctrlKey && view) { event.preventDefault(); view.zoom(event.deltaY < 0 ? STRIDE : 1 / STRIDE, event); } }}), side = h('aside', {class: 'side', 'aria-label': 'Table'});
  const near = h('input', {type: 'checkbox', id: 'near', checked: Boolean(state.near), onchange: () => go({...here(), near: near.checked})});
  const found = h('span', {class: 'dim', role: 'status'});
  const search = h('input', {type: 'search', 'aria-label': 'Search the diagram', placeholder: 'Table or column', value: state.find ?? '',
    oninput: () => { go({...here(), find: search.value}, 'replace'); view?.search(search.value); }, onkeydown: (event) => { if (event.key === 'Enter') view?.next(); }});
  const places = new Places(info.database);
  let diagram, view;
  replace(main, h('div', {class: 'bar'}, h('h1', {}, 'Schema'), h('span', {class: 'dim', id: 'count'}), comparison(state), h('span', {id: 'steps'}), h('span', {class: 'gap'}),
    search, found,
    h('label', {for: 'near'}, near, ' neighbours only'),
    h('button', {title: 'Forget where boxes were moved to', onclick: () => { places.forget(); show(); }}, 'Arrange'),
    h('details', {class: 'menu', onkeydown: closeMenu, onclick: closeMenu}, h('summary', {}, 'Save'), h('div', {},
      h('button', {onclick: () => save('schema.svg', svgText(canvas), 'image/svg+xml')}, 'SVG'),
      h('button', {onclick: () => savePng(canvas)}, 'PNG'),
      h('button', {onclick: () => save('schema.mmd', mermaid(diagram), 'text/plain')}, 'Mermaid')))),
  h('div', {class: 'split'}, h('div', {class: 'stage'}, canvas, h('div', {class: 'zoom'},
    h('button', {'aria-label': 'Smaller', title: 'Also Ctrl with the wheel', onclick: () => view?.zoom(1 / STRIDE)}, '−'),
    h('button', {'aria-label': 'Larger', title: 'Also Ctrl with the wheel', onclick: () => view?.zoom(STRIDE)}, '+'),
    h('button', {title: 'All of it in sight', onclick: () => view?.fit()}, 'Fit'))), side));
  try {
    diagram = await diagramOf(state);
  } catch (error) {
    replace(canvas, errorBox(error));
    return;
  }
  const counted = diagram.keys.length;
  if (!state.step && !state.drift) diagram.keys.push(...await beyond(diagram.keys));
  if (state.step) replace(main.querySelector('#steps'), steps(diagram, state));
  main.querySelector('#count').textContent = `${plural(diagram.tables.length, 'table')}, ${plural(counted, 'foreign key')}`;
  show();
  if (state.step) replace(side, h('p', {class: 'dim'}, '+ came, − went, ~ changed with this migration.'));
  else if (state.drift && !state.table) replace(side, driftLegend(diagram));
  else await showTable(side, state);

  function show() {
    const picked = state.table ? `${state.schema ?? ''}.${state.table}` : '';
    const neighbours = new Set([picked]);
    for (const key of diagram.keys) {
      if (id(key.from) === picked) neighbours.add(id(key.target));
      if (id(key.target) === picked) neighbours.add(id(key.from));
    }
    const only = picked && state.near;
    const tables = diagram.tables.filter((table) => !only || neighbours.has(id(table)));
    if (tables.length === 0) replace(canvas, h('p', {class: 'empty'}, 'The database has no tables yet.'));
    else if (tables.length > 400) replace(canvas, h('p', {class: 'empty'}, `${tables.length} tables are too many for one picture: pick one, and show only its neighbourhood.`));
    else view = draw(canvas, tables, diagram.keys, {picked, neighbours, places, found, kept: !state.step && !only});
    if (search.value) view?.search(search.value);
  }
}

/** By Escape, and with what was picked. */
function closeMenu(event) {
  const menu = event.currentTarget, picked = event.type === 'click' && event.target.closest('button');
  if (!menu.open || !(picked || event.key === 'Escape')) return;
  menu.open = false;
  menu.querySelector('summary').focus();
}

const id = (path) => `${path.schema}.${path.name}`;

/** What is drawn: the database, what one migration did, or how the database differs from what it should be. */
async function diagramOf(state) {
  if (state.step) return call('step', {tag: state.step});
  if (!state.drift) return call('diagram');
  const report = await call('drift');
  const one = report[state.drift];
  if (!one) throw new Error(state.drift === 'folder' ? 'No migration with a snapshot is applied: there is nothing to compare with.' : 'The configuration names no schema files.');
  return {...one.diagram, against: state.drift === 'folder' ? `migration ${report.tag}` : 'the schema files', statements: one.statements.length};
}

function comparison(state) {
  const choices = [['', 'The database'], ['folder', 'Against its migrations'], ['schema', 'Against the schema files']];
  return h('select', {'aria-label': 'What the diagram compares', onchange: (event) => go({view: 'schema', drift: event.target.value})},
    choices.map(([value, label]) => h('option', {value, selected: value === (state.drift ?? '')}, label)));
}

function driftLegend(diagram) {
  const marked = diagram.tables.filter((table) => table.mark);
  const say = {added: 'only in the database', removed: 'missing in the database', changed: 'differs'};
  return [h('h2', {}, `Against ${diagram.against}`),
    h('p', {}, diagram.statements === 0 ? '✓ The database is the same.' : `${plural(diagram.statements, 'statement')} would close the difference.`),
    marked.map((table) => h('div', {}, h('button', {class: 'link', onclick: () => go({...here(), schema: table.schema, table: table.name})}, SIGNS[table.mark] + tableName(table)), ` ${say[table.mark]}`)),
    h('p', {class: 'dim'}, '+ only in the database, − missing in it, ~ differs.')];
}

/** Where boxes were moved to, kept in this browser. */
class Places {
  constructor(database) {
    this.key = `diagram ${database}`;
    try { this.all = new Map(JSON.parse(localStorage.getItem(this.key)) ?? []); } catch { this.all = new Map(); }
  }
  apply(boxes) {
    for (const box of boxes) {
      const [x, y] = this.all.get(box.id) ?? [box.x, box.y];
      Object.assign(box, {x, y});
    }
  }
  keep(box) {
    this.all.set(box.id, [Math.round(box.x), Math.round(box.y)]);
    localStorage.setItem(this.key, JSON.stringify([...this.all]));
  }
  forget() {
    this.all.clear();
    localStorage.removeItem(this.key);
  }
}

async function showTable(side, state) {
  if (!state.table) {
    replace(side, h('p', {class: 'dim'}, 'Pick a table in the diagram or in the list: here come its columns and its SQL.'));
    return;
  }
  const path = {schema: state.schema ?? '', table: state.table};
  try {
    const [table, ddl] = await Promise.all([call('table', path), call('ddl', path)]);
    await addRelations(table);
    replace(side, h('h2', {}, tableName(table)), h('button', {onclick: () => go({view: 'data', ...path})}, 'Show its rows'),
      h('pre', {}, ddl.sql),
      table.beyond.length > 0 && h('div', {}, h('h3', {}, 'Besides, in the database alone'), table.beyond.map((one) =>
        h('div', {}, h('p', {class: 'hint'}, `${one.what} ${one.object}`), h('pre', {}, one.text)))),
      list('Refers to', table.refersTo.map((key) => [key.target, `${key.columns.join(', ')} → ${tableName(key.target)}`])),
      list('Referred by', table.referredBy.map((key) => [key.from, `${tableName(key.from)} (${key.columns.join(', ')})`])));
  } catch (error) {
    replace(side, errorBox(error));
  }
}

function list(title, entries) {
  if (entries.length === 0) return null;
  return h('div', {}, h('h3', {}, title), entries.map(([path, text]) =>
    h('div', {}, h('button', {class: 'link', onclick: () => go({view: 'schema', schema: path.schema, table: path.name})}, text))));
}

/** What one migration did: nobody needs colours to see it. */
const SIGNS = {added: '+ ', removed: '− ', changed: '~ ', undefined: ''};
const named = (one) => one.was ? `${one.name} (was ${one.was})` : tableName(one);

function steps({earlier, later}, state) {
  const to = (step, label) => h('button', {disabled: step === '', onclick: () => go({view: 'schema', step})}, label);
  return [h('b', {}, state.step), ' ', to(earlier, '‹ Earlier'), ' ', to(later, 'Later ›'), ' ',
    h('button', {onclick: () => go({view: 'schema'})}, 'The database now')];
}

const STRIDE = 1.25, SMALLEST = 0.1, LARGEST = 3;
let scale = 1;  // at which the picture is shown; it stays while one goes from table to table

const LINE = 18, WIDTH = 230, MOST = 14, MOST_PIXELS = 16000;

/** Returns what is done with it: `search(text)`, `next()`, `zoom(times, pointer)`, `fit()`. */
function draw(canvas, tables, keys, {picked, neighbours, places, found, kept}) {
  const boxes = tables.map((table) => ({id: id(table), table, width: WIDTH,
    height: 28 + Math.min(table.columns.length, MOST) * LINE + (table.columns.length > MOST ? LINE : 6)}));
  const at = new Map(boxes.map((box) => [box.id, box]));
  const edges = keys.map((key) => ({from: id(key.from), to: id(key.target), key})).filter((edge) => at.has(edge.from) && at.has(edge.to));
  layout(boxes, edges);
  if (kept) places.apply(boxes);
  const faded = (one) => picked && !neighbours.has(one);
  for (const edge of edges) {
    const mine = edge.from === picked || edge.to === picked;
    edge.line = s('path', {class: `${edge.key.mark ?? (mine ? 'picked' : picked ? 'faded' : '')}${edge.key.declared ? ' declared' : ''}`});
  }
  const picture = s('svg', {role: 'group', 'aria-label': `${boxes.length} tables`});
  for (const box of boxes) box.edges = edges.filter((edge) => edge.from === box.id || edge.to === box.id);
  const moves = {follow: place, keep: (box) => { resize(); if (kept) places.keep(box); }};
  for (const box of boxes) box.element = drawBox(box, box.id === picked, faded(box.id), moves);
  picture.append(...edges.map((edge) => edge.line), ...boxes.map((box) => box.element));
  boxes.forEach(place);
  resize();
  replace(canvas, picture);
  if (at.has(picked)) reveal(at.get(picked));

  function place(box) {
    box.element.setAttribute('transform', `translate(${box.x} ${box.y})`);
    for (const edge of box.edges) edge.line.setAttribute('d', curve(at.get(edge.from), at.get(edge.to), edge.key));
  }

  function resize() {
    const width = Math.max(...boxes.map((one) => one.x + one.width)) + 24, height = Math.max(...boxes.map((one) => one.y + one.height)) + 24;
    for (const [name, value] of Object.entries({width: width * scale, height: height * scale, viewBox: `0 0 ${width} ${height}`})) picture.setAttribute(name, value);
  }

  /** What is under the pointer, or in the middle, stays where it is. */
  function zoom(times, pointer) {
    const box = canvas.getBoundingClientRect(), before = scale;
    const x = pointer ? pointer.clientX - box.left : canvas.clientWidth / 2, y = pointer ? pointer.clientY - box.top : canvas.clientHeight / 2;
    const left = (canvas.scrollLeft + x) / before, top = (canvas.scrollTop + y) / before;
    scale = Math.max(SMALLEST, Math.min(LARGEST, scale * times));
    resize();
    canvas.scrollTo(left * scale - x, top * scale - y);
  }

  function fit() {
    const {width, height} = picture.viewBox.baseVal;
    zoom(Math.min(1, canvas.clientWidth / width, canvas.clientHeight / height) / scale);
  }

  function reveal(box) {
    canvas.scrollTo((box.x + WIDTH / 2) * scale - canvas.clientWidth / 2, (box.y - 60) * scale);
  }

  let hits = [], shownHit = -1;
  function next() {
    if (!hits.length) return;
    shownHit = (shownHit + 1) % hits.length;
    reveal(hits[shownHit]);
    hits[shownHit].element.focus();
  }
  function search(text) {
    const wanted = text.trim().toLowerCase();
    const has = (name) => name.toLowerCase().includes(wanted);
    hits = wanted ? boxes.filter(({table}) => has(table.name) || table.columns.some((column) => has(column.name))) : [];
    shownHit = -1;
    for (const box of boxes) {
      box.element.classList.toggle('hit', hits.includes(box));
      box.element.classList.toggle('faded', wanted ? !hits.includes(box) : Boolean(faded(box.id)));
    }
    found.textContent = wanted ? `${plural(hits.length, 'table')} found` : '';
    if (hits.length) reveal(hits[0]);
  }
  return {search, next, zoom, fit};
}

const STEP = 20;  // of a box that is moved by keyboard

function drawBox(box, picked, faded, moves) {
  const {table} = box, show = table.columns.slice(0, MOST);
  const open = () => { const {step, drift} = here(); go({view: 'schema', step, drift, schema: table.schema, table: table.name}); };
  return s('g', {class: `box ${table.mark ?? ''}${picked ? ' picked' : ''}${faded ? ' faded' : ''}`, tabindex: '0', role: 'button',
    'aria-label': `Table ${tableName(table)}${table.mark ? `, ${table.mark}` : ''}`, onpointerdown: (event) => drag(event, box, moves), onclick: () => { if (!box.dragged) open(); }, onkeydown: (event) => {
      const steps = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
      if (event.key === 'Enter') open();
      else if (steps && event.altKey) { move(box, box.x + steps[0] * STEP, box.y + steps[1] * STEP); moves.follow(box); moves.keep(box); event.preventDefault(); }
    }},
  s('rect', {width: box.width, height: box.height, rx: 5}),
  s('rect', {class: 'title', width: box.width, height: 26, rx: 5}),
  s('text', {class: 'name', x: 10, y: 18}, cut(SIGNS[table.mark] + named(table), 28)),
  show.map((column, i) => [
    s('text', {class: column.mark ?? '', x: 10, y: 42 + i * LINE}, `${SIGNS[column.mark]}${column.key ? '◆ ' : ''}${cut(named(column), 20)}`),
    s('text', {class: 'type', x: box.width - 10, y: 42 + i * LINE}, cut(column.type, 14))]),
  table.columns.length > MOST && s('text', {x: 10, y: 42 + MOST * LINE}, `… ${table.columns.length - MOST} more`));
}

function move(box, x, y) {
  Object.assign(box, {x: Math.max(0, x), y: Math.max(0, y)});
}

/** A box follows the pointer, and stays where it is let go; a finger scrolls instead. */
function drag(event, box, moves) {
  box.dragged = false;
  if (event.pointerType === 'touch') return;
  const start = {x: event.clientX - box.x * scale, y: event.clientY - box.y * scale};
  event.preventDefault();
  event.currentTarget.focus();
  untilReleased((to) => {
    const x = (to.clientX - start.x) / scale, y = (to.clientY - start.y) / scale;
    box.dragged ||= Math.hypot(x - box.x, y - box.y) * scale > 4;
    if (!box.dragged) return;
    move(box, x, y);
    moves.follow(box);
  }, () => { if (box.dragged) moves.keep(box); });
}

/** The ground is taken hold of and moved; what is on it, and the scroll bars, are not the ground. */
function pan(event) {
  const canvas = event.currentTarget, bars = event.target === canvas && (event.offsetX >= canvas.clientWidth || event.offsetY >= canvas.clientHeight);
  if (event.button !== 0 || event.pointerType === 'touch' || bars || event.target.closest('.box')) return;
  const start = {x: event.clientX + canvas.scrollLeft, y: event.clientY + canvas.scrollTop};
  untilReleased((to) => canvas.scrollTo(start.x - to.clientX, start.y - to.clientY));
}

function untilReleased(follow, end = () => {}) {
  const ended = new AbortController(), {signal} = ended;
  addEventListener('pointermove', follow, {signal});
  for (const release of ['pointerup', 'pointercancel']) addEventListener(release, () => { ended.abort(); end(); }, {signal});
}

function cut(text, length) {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** From the column to the table it refers to, leaving on the nearer side. */
function curve(from, to, key) {
  const row = from.table.columns.findIndex((column) => column.name === key.columns[0]);
  const y1 = from.y + 38 + Math.min(row, MOST) * LINE, y2 = to.y + 13;
  if (from === to) return `M${from.x + from.width} ${y1} c40 0 40 ${y2 - y1} 0 ${y2 - y1}`;
  const right = to.x > from.x;
  const x1 = right ? from.x + from.width : from.x, x2 = right ? to.x : to.x + to.width;
  const bend = Math.max(40, Math.abs(x2 - x1) / 2) * (right ? 1 : -1);
  return `M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function svgText(canvas) {
  const picture = canvas.querySelector('svg')?.cloneNode(true);
  if (!picture) return '';
  picture.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  for (const side of ['width', 'height']) picture.setAttribute(side, picture.viewBox.baseVal[side]);  // however it is shown
  const style = 'rect{fill:#fff;stroke:#888}.title{fill:#cfe6ef}text{font:12px sans-serif}.type{text-anchor:end;fill:#555}path{fill:none;stroke:#666}';
  picture.prepend(s('style', {}, style));
  return new XMLSerializer().serializeToString(picture);
}

/** Twice as fine as on the screen, as far as browsers make a picture so large. */
async function savePng(canvas) {
  const picture = canvas.querySelector('svg');
  if (!picture) return;
  const image = new Image(), {width, height} = picture.viewBox.baseVal;
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(canvas))}`;
  await image.decode();
  const scale = Math.min(2, MOST_PIXELS / Math.max(width, height));
  const drawing = h('canvas', {width: Math.ceil(width * scale), height: Math.ceil(height * scale)});
  const context = drawing.getContext('2d');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, drawing.width, drawing.height);
  context.drawImage(image, 0, 0, drawing.width, drawing.height);
  drawing.toBlob((blob) => save('schema.png', blob, 'image/png'), 'image/png');
}

function mermaid({tables, keys}) {
  const word = (text) => text.replace(/[^A-Za-z0-9_]/g, '_');
  const lines = ['erDiagram'];
  for (const table of tables) {
    lines.push(`  ${word(tableName(table))} {`);
    for (const column of table.columns) lines.push(`    ${word(column.type)} ${word(column.name)}${column.key ? ' PK' : ''}`);
    lines.push('  }');
  }
  for (const key of keys) lines.push(`  ${word(tableName(key.target))} ||${key.declared ? '..' : '--'}o{ ${word(tableName(key.from))} : ${word(key.columns.join('_'))}`);
  return `${lines.join('\n')}\n`;
}
