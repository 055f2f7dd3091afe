// The SQL console: several statements, each with its result; completion from the tables;
// a question before what destroys.
import {call} from './api.js';
import {isCut, shown} from './cells.js';
import {completion} from './completion.js';
import {csv, textOf, tsv, writeClipboard} from './copy.js';
import {ask, askText, errorBox, h, plural, replace, save, toast} from './dom.js';
import {planTree} from './plan.js';

const COUNTED = 10000, MOST = 10000;  // rows: in danger, of a result
const bytes = (text) => new TextEncoder().encode(text).length;
const state = {text: '', name: '', answer: null, error: null};
let queries = 0;    // the number of the last one, by which it is cancelled
let current = null; // what runs, also while another view is shown: {query, start, hint}
let onscreen;       // the console that is shown, or was

export function showConsole(main, {sidebar, info}) {
  const results = h('div', {class: 'scroll', 'aria-live': 'polite'});
  const field = h('textarea', {'aria-label': 'SQL', spellcheck: 'false', value: state.text, autocomplete: 'off',
    placeholder: 'SELECT …   Ctrl-Enter runs what is selected, or all; Alt-Enter the statement at the cursor; Ctrl-Space completes',
    oninput: () => { state.text = field.value; suggest.close(); }, onkeydown: (event) => key(event)});
  const wrap = h('div', {class: 'wrap'}, field);
  const suggest = completion(field, wrap, () => sidebar.tables);
  const runButton = h('button', {class: 'primary', onclick: () => run()}, 'Run');
  const stopButton = h('button', {class: 'danger', hidden: true, onclick: () => call('cancel', {query: current.query})}, 'Cancel');
  const files = queryFiles(({sql, name}) => {
    field.value = state.text = sql;
    state.name = name;
    field.focus();
  }, () => ({sql: field.value, name: state.name}));
  const clock = h('span', {class: 'dim', role: 'timer'});

  function key(event) {
    if (suggest.key(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); run(); }
    else if (event.key === 'Enter' && event.altKey) { event.preventDefault(); run({at: bytes(field.value.slice(0, field.selectionStart))}); }
    if (event.key === ' ' && event.ctrlKey) { event.preventDefault(); suggest.open(); }
  }

  const stoppable = info.engine !== 'turso';  // its protocol knows no way to end a statement
  const running = stoppable ? '' : ' · a libSQL server cannot be interrupted';

  /** @param how {explain, at: the place of one statement, sql: another text than what is selected or all, rows} */
  async function run(how = {}, confirmed = false) {
    const picked = how.at === undefined ? field.value.slice(field.selectionStart, field.selectionEnd) : '';
    const sql = how.sql ?? (picked.trim() || field.value);
    if (!sql.trim()) return;
    if (current) { toast('A query runs already: it ends first, or is cancelled.', 'error'); return; }
    const ended = begin();
    try {
      const answer = await call('console', {...how, sql, confirmed, query: current.query});
      if (answer.dangers) { ended(); await confirm(answer.dangers, how); return; }
      Object.assign(state, {answer, error: null});
      files.remember(sql);
      if (answer.wrote) sidebar.load();
    } catch (error) {
      Object.assign(state, {answer: null, error});
    }
    ended();
    onscreen.draw();
  }

  /** Returns what is called when it has ended. */
  function begin() {
    const query = String(++queries);
    current = {query, start: performance.now(), hint: running};
    const ticking = setInterval(() => onscreen.drawRunning(), 100);
    const asking = setInterval(() => call('waiting', {query}).then(({waits}) => {
      if (current) current.hint = waits ? ' · waits for the query of another tab' : running;
    }, () => {}), 1000);  // that nobody answers is told by the query itself
    onscreen.drawRunning();
    return () => {
      clearInterval(ticking);
      clearInterval(asking);
      current = null;
      onscreen.drawRunning();
    };
  }

  function drawRunning() {
    clock.textContent = current ? `${((performance.now() - current.start) / 1000).toFixed(1)} s${current.hint}` : '';
    runButton.disabled = Boolean(current);
    stopButton.hidden = !current || !stoppable;
  }

  async function confirm(dangers, how) {
    const yes = await ask({title: how.explain ? 'To be measured, this is run' : 'This destroys something', body: dangers.map((one) =>
      h('div', {}, h('p', {class: 'hazard'}, `It ${one.danger}${one.rows === null ? '' : `, with ${one.rows > COUNTED ? `more than ${plural(COUNTED, 'row')}` : plural(one.rows, 'row')}`}:`), h('pre', {}, one.sql))),
    choices: [{label: 'Run it', value: true, kind: 'danger'}]});
    if (yes) await run(how, true);
  }

  function draw() {
    if (!state.answer) { replace(results, state.error && errorBox(state.error)); return; }
    const sections = state.answer.results.map((one) => result(one, () => run({sql: one.sql, rows: MOST})));
    replace(results, summary(state.answer, () => sections.at(-1).scrollIntoView()), sections,
      sections.length === 0 && h('p', {class: 'empty'}, 'There was nothing to run.'));
    results.scrollTop = 0;
  }

  onscreen = {draw, drawRunning};
  files.load();
  draw();
  drawRunning();
  replace(main, h('div', {class: 'console'}, h('h1', {class: 'heard'}, 'SQL'), wrap,
    h('div', {class: 'bar'}, runButton, stopButton, h('button', {onclick: () => run({explain: 'plan'})}, 'Explain'),
      info.engine === 'postgresql' && h('button', {onclick: () => run({explain: 'analyze'}), title: 'EXPLAIN ANALYZE'}, 'Run and explain'), files.controls, clock,
      h('span', {class: 'gap'}), info.readOnly && h('span', {class: 'dim'}, 'read-only')), results));
  field.focus();
}

/** Saved queries and the history, which are files of the project. `open` takes one; `typed` is what there is to save. */
function queryFiles(open, typed) {
  const pick = (label) => h('select', {class: 'pick', 'aria-label': label, onchange: (event) => {
    const {value} = event.target;
    if (value !== '') open(shownNow[label][Number(value)]);
    event.target.value = '';
  }});
  const saved = pick('Saved queries'), history = pick('History');
  const shownNow = {};
  const controls = [saved, h('button', {onclick: save}, 'Save…'), h('button', {onclick: remove}, 'Delete…'), history];

  function draw(answer) {
    shownNow['Saved queries'] = answer.saved;
    shownNow.History = answer.history.map((sql) => ({sql, name: ''}));
    for (const [select, label] of [[saved, 'Saved queries'], [history, 'History']])
      replace(select, h('option', {value: ''}, label), shownNow[label].map((one, i) => h('option', {value: i}, one.name || one.sql.slice(0, 80))));
  }
  const request = (name, body) => call(name, body).then(draw).catch((error) => toast(error.message, 'error'));

  async function save() {
    const {sql, name} = typed();
    const chosen = await askText({title: 'Save the query', label: 'Name', value: name, choice: 'Save'});
    if (!chosen) return;
    await request('save-query', {name: chosen, sql});
    open({sql, name: chosen});
  }
  async function remove() {
    const names = shownNow['Saved queries'].map((one) => one.name);
    const name = await ask({title: 'Delete a saved query', body: names.length ? [] : h('p', {}, 'None is saved.'),
      choices: names.map((one) => ({label: one, value: one, kind: 'danger'}))});
    if (name) await request('remove-query', {name});
  }
  return {controls, load: () => request('queries', {}), remember: (sql) => request('remember-query', {sql})};
}

/** What is not seen in the first results: that a later one failed, and what became of the rest. */
function summary({results, statements, rolledBack}, show) {
  const last = results.at(-1), left = statements - results.length;
  const rest = left === 0 ? '' : left === 1 ? `, and statement ${statements} did not run` : `, and statements ${results.length + 1} to ${statements} did not run`;
  return [last?.error && statements > 1 && h('p', {class: 'hazard', role: 'alert'},
    `Statement ${results.length} of ${statements} failed${rest}: ${last.error} `, h('button', {class: 'link', onclick: show}, 'show it')),
  rolledBack && h('p', {class: 'hazard', role: 'alert'}, 'The transaction was left open and was rolled back.')];
}

function result(one, more) {
  const facts = [`${one.ms.toFixed(1)} ms`];
  if (one.rows) facts.push(plural(one.rows.length, 'row') + (one.more ? ', and more' : ''));
  if (one.affected !== undefined && !one.error) facts.push(`${plural(one.affected, 'row')} changed`);
  return h('section', {class: 'result'},
    h('div', {class: 'sql mono', title: one.sql}, one.sql.replace(/\s+/g, ' ')),
    one.error ? errorBox({message: one.error + (one.code ? ` [${one.code}]` : ''), detail: place(one) ?? one.detail, hint: one.hint})
      : h('div', {class: 'dim'}, facts.join(' · '), ' ', one.rows?.length > 0 && h('button', {class: 'link', onclick: () => copy(one)}, 'copy'),
        ' ', one.rows?.length > 0 && h('button', {class: 'link', onclick: () => saveCsv(one)}, 'save as CSV'),
        one.full && 'an answer holds no more than 4 MiB ', one.more && !one.full && one.rows.length < MOST && !one.affected && h('button', {class: 'link', onclick: more}, `load up to ${MOST.toLocaleString('en')}`)),
    one.notices.map((notice) => h('p', {class: 'hint'}, notice)),
    one.plan && planTree(one.plan),
    one.rows && one.columns.length === 1 && one.columns[0].name === 'QUERY PLAN'
      ? h('pre', {}, one.rows.map((row) => row[0]).join('\n')) : one.rows && table(one));
}

function place(one) {
  if (!one.position) return null;
  const before = new TextDecoder().decode(new TextEncoder().encode(one.sql).slice(0, one.position - 1));
  const line = before.split('\n').length;
  return `${one.detail ? `${one.detail}\n` : ''}at line ${line}: ${one.sql.slice(before.length, before.length + 40)}`;
}

const DRAWN = 200;  // rows of a result at once: more come when they are scrolled to

function table(one) {
  const body = h('tbody');
  const grow = () => body.append(...one.rows.slice(body.children.length, body.children.length + DRAWN).map(tableRow));
  const box = h('div', {class: 'table', tabindex: '0', role: 'region', 'aria-label': 'Result',
    onscroll: () => { if (box.scrollTop + 2 * box.clientHeight > box.scrollHeight) grow(); }}, h('table', {class: 'data', 'aria-rowcount': one.rows.length + 1},
    h('thead', {}, h('tr', {}, one.columns.map((column) => h('th', {scope: 'col', title: column.type}, column.name)))), body));
  grow();
  return box;
}

const tableRow = (row) => h('tr', {}, row.map((cell) => {
  const {text, kind} = shown(cell);
  return h('td', {class: kind === 'null' ? 'dim' : '', title: text.length > 60 ? text : undefined}, text);
}));

const textsOf = (one) => [one.columns.map((column) => column.name), ...one.rows.map((row) => row.map(textOf))];

/** What was done with a result, and that it was not all of it. */
function tell(one, done) {
  const cut = one.rows.flat().filter(isCut).length;
  toast(cut ? `${done}, but ${plural(cut, 'value')} ${cut === 1 ? 'is' : 'are'} cut: only the beginning was here.` : `${done}.`, cut ? 'error' : 'info');
}

async function copy(one) {
  try {
    await writeClipboard(tsv(textsOf(one)));
    tell(one, 'Copied');
  } catch (error) {
    toast(error.message, 'error');
  }
}

function saveCsv(one) {
  save('result.csv', csv(textsOf(one)), 'text/csv');
  tell(one, 'Saved');
}
