// The timeline of migrations, drift, and the buttons that run them.
import {call, stream} from './api.js';
import {ask, errorBox, h, plural, replace} from './dom.js';
import {hazardName} from './names.js';
import {go} from './route.js';

let latest = null;  // the last run, also while another view is shown: {log, running}
let onscreen;       // what reads the timeline that is shown, or was

export async function showMigrations(main, {info, sidebar}) {
  const progress = h('div', {}, latest?.log ?? []);
  const list = h('div', {}, h('p', {class: 'empty'}, 'Loading …'));
  const drift = h('div');
  const bar = h('div', {class: 'bar'}, h('h1', {}, 'Migrations'));
  replace(main, bar, h('div', {class: 'scroll'}, progress, drift, list));
  onscreen = load;
  await load();

  async function load() {
    try {
      const timeline = await call('migrations');
      drawBar(timeline);
      draw(timeline);
    } catch (error) {
      replace(bar, h('h1', {}, 'Migrations'), h('span', {class: 'gap'}), h('button', {onclick: load}, 'Reload'));
      replace(list, errorBox(error));
    }
  }

  function drawBar(timeline) {
    const pending = timeline.migrations.filter((one) => !['applied', 'edited'].includes(one.state)).length;
    const applied = timeline.migrations.length - pending;
    replace(bar, h('h1', {}, 'Migrations'), h('span', {class: 'dim'}, timeline.folder), h('span', {class: 'gap'}),
      h('button', {onclick: load}, 'Reload'),
      h('button', {onclick: showDrift}, 'Compare with the database'),
      !info.readOnly && applied > 0 && h('button', {class: 'danger', onclick: () => rollback()}, 'Roll back the last'),
      !info.readOnly && h('button', {disabled: pending === 0, onclick: () => run('rehearse', {}), title: 'On a copy of the database, and back'}, 'Rehearse'),
      !info.readOnly && h('button', {class: 'primary', disabled: pending === 0, onclick: () => migrate(timeline)}, `Migrate (${pending})`));
    if (latest?.running) disableBar();
  }

  function disableBar() {
    for (const button of bar.querySelectorAll('button')) button.disabled = true;
  }

  function draw(timeline) {
    if (timeline.migrations.length === 0 && timeline.missing.length === 0) {
      replace(list, h('p', {class: 'empty'}, 'The folder holds no migrations yet: `tidemark generate` writes the first.'));
      return;
    }
    replace(list,
      timeline.drift > 0 && h('p', {class: 'hazard'}, `The database is ${plural(timeline.drift, 'statement')} away from its migrations.`),
      h('ol', {class: 'timeline', reversed: true}, [...timeline.migrations].reverse().map(entry)),
      timeline.missing.map((row) => h('p', {}, h('span', {class: 'state missing'}, 'missing'), ` ${row.name || row.hash}: applied, but the folder has no such file`)),
      timeline.missing.length > 0 && h('p', {class: 'hint'}, timeline.missingHelp));
  }

  async function showDrift() {
    replace(drift, h('p', {class: 'dim'}, 'Comparing …'));
    try {
      const report = await call('drift');
      replace(drift, h('section', {class: 'progress', 'aria-label': 'Drift'},
        difference(report.tag ? `Against migration ${report.tag}` : 'No migration is applied', report.folder, 'folder'),
        difference('Against the schema files', report.schema, 'schema')));
    } catch (error) {
      replace(drift, errorBox(error));
    }
  }

  async function migrate(timeline) {
    const pending = timeline.migrations.filter((one) => !['applied', 'edited'].includes(one.state));
    const yes = await ask({title: `Apply ${plural(pending.length, 'migration')} to ${info.database}?`,
      body: pending.map((one) => h('div', {}, h('h3', {}, one.tag), hazards(one))),
      choices: [{label: 'Migrate', value: true, kind: 'primary'}]});
    if (yes) await run('migrate', {tags: pending.map((one) => one.tag)});
  }

  async function rollback() {
    try {
      const {ways} = await call('rollback-preview', {count: 1});
      if (ways.length === 0) return;
      const yes = await ask({title: `Roll back ${ways[0].tag}?`, body: ways.map((way) => h('div', {},
        way.losses.map((loss) => h('p', {class: 'hazard'}, h('b', {}, hazardName(loss.hazard)), ` it ${loss.text}`)),
        h('p', {class: 'dim'}, proofs[way.proof] ?? way.proof), h('pre', {}, way.sql || '-- nothing to do'))),
      choices: [{label: 'Roll back', value: true, kind: 'danger'}]});
      if (yes) await run('rollback', {tags: ways.map((way) => way.tag)});
    } catch (error) {
      replace(progress, errorBox(error));
    }
  }

  async function run(name, body) {
    const lines = h('ol'), title = h('strong', {}, 'Running …');
    const log = h('section', {class: 'progress', role: 'log', 'aria-label': 'Progress'}, title, lines);
    const failed = (error) => { title.textContent = 'Failed.'; log.append(errorBox(error)); };
    replace(progress, log);
    const mine = latest = {log, running: true};
    disableBar();
    try {
      await stream(name, body, (event) => {
        const text = say(event);
        if (event.event === 'failed') failed({message: event.error, hint: event.hint, detail: event.place});
        else if (event.event === 'running') title.textContent = `Running … statement ${event.number} of ${event.of} of ${event.tag}, for ${Math.round(event.runningMs / 1000)} s`;
        else if (event.event === 'copying') title.textContent = `Copying … ${event.what} (${event.done}${event.of ? ` of ${event.of}` : ''})`;
        else if (event.event === 'ok') title.textContent = 'Done.';
        else if (text) { lines.append(h('li', {}, text)); lines.scrollTop = lines.scrollHeight; }
      });
    } catch (error) {
      failed(error);
    }
    mine.running = false;
    sidebar.load();
    await onscreen();
  }
}

const proofs = {recorded: 'Proved by the catalog as it was recorded.', replayed: 'Proved by the folder, run again in memory.', snapshots: 'Proved by the snapshots of the folder.', none: 'Nothing can prove it.'};

function say(event) {
  switch (event.event) {
    case 'started': return `${plural(event.pending, 'migration')} to run`;
    case 'waiting': return `waits for ${event.holder}`;
    case 'migration': return `${event.tag}: ${plural(event.statements, 'statement')}`;
    case 'statement': return `${event.number}/${event.of} ${event.sql.split('\n')[0].slice(0, 100)} (${event.tookMs.toFixed(1)} ms)`;
    case 'retrying': return `${event.tag}: ${event.reason}, tries again`;
    case 'done': return `${event.tag} applied in ${event.tookMs.toFixed(1)} ms`;
    case 'kept': return `${event.tag} keeps ${event.what}`;
    case 'put_back': return `${event.tag} puts back ${event.what}`;
    case 'rolled_back': return `${event.tag} rolled back in ${event.tookMs.toFixed(1)} ms`;
    case 'remark': return `${event.tag ? `${event.tag}: ` : ''}${event.text}${event.hint ? ` (${event.hint})` : ''}`;
    case 'finished': return `${plural(event.applied, 'migration')} applied`;
    case 'rehearsed_statement': return [`${event.sql.split('\n')[0].slice(0, 100)} (${event.took_ms.toFixed(1)} ms)`,
      ...event.locks.map((lock) => `lock: ${lock}`), ...event.rewritten.map((table) => `rewritten: ${table}`)].join(' · ');
    case 'rehearsed_rows': return `rows of ${event.table}: ${event.before ?? 'new'} → ${event.after ?? 'gone'}`;
    case 'rehearsed_obstacle': return `${event.tag}: ${event.text}: ${event.remedy}`;
    case 'rehearsed_return': return [`${event.tag}, the way back: ${event.error ?? proofs[event.proof]}`, ...event.losses.map((loss) => `it ${loss}`)].join(' · ');
    case 'rehearsal_finished': return `${plural(event.migrations, 'migration')} rehearsed on a copy (${event.how}); ${event.passed ? 'everything ran, and led back' : 'not everything worked'}`;
    default: return '';
  }
}

function finding(one) {
  return h('p', {class: 'hazard'}, h('b', {}, hazardName(one.hazard)), ` ${one.text}`);
}

/** What was counted tells more than the warning of the same kind. */
function hazards({findings, impacts = []}) {
  const counted = (list, hazard) => list.filter((one) => one.hazard === hazard).length;
  return [...findings.filter(({hazard}) => counted(impacts, hazard) < counted(findings, hazard)), ...impacts].map(finding);
}

function entry(one) {
  const facts = [];
  if (one.finishedAt) facts.push(one.finishedAt);
  else if (one.when) facts.push(`written ${new Date(one.when).toISOString().slice(0, 16).replace('T', ' ')}`);
  if (one.tookMs) facts.push(`${one.tookMs} ms`);
  if (one.by) facts.push(`by ${one.by}`);
  if (one.remark && one.remark !== one.finishedAt) facts.push(one.remark);
  const pending = !['applied', 'edited'].includes(one.state);
  return h('li', {}, h('details', {open: pending || one.help !== ''},
    h('summary', {}, h('span', {class: `state ${one.state.replace('_', '-')}`}, one.state), h('strong', {}, one.tag), h('span', {class: 'dim'}, facts.join(' · '))),
    h('div', {class: 'inside'},
      one.help && h('p', {class: 'hint'}, one.help),
      one.error && errorBox({message: one.error}),
      hazards(one),
      h('div', {}, h('button', {onclick: () => go({view: 'schema', step: one.tag})}, 'Show in the diagram')),
      h('h2', {}, 'SQL'), h('pre', {}, one.sql.trim()),
      one.wayBack !== null && [h('h2', {}, 'Way back'), h('pre', {}, one.wayBack.trim() || '-- nothing to do')])));
}

function difference(title, one, against) {
  if (!one) return h('p', {class: 'dim'}, `${title}: not compared`);
  if (one.statements.length === 0 && one.undecided.length === 0) return h('p', {}, `✓ ${title}: the same`);
  return h('div', {}, h('h2', {}, `${title}: ${plural(one.statements.length, 'statement')} would close the difference`),
    h('div', {}, h('button', {onclick: () => go({view: 'schema', drift: against})}, 'Show in the diagram')),
    one.statements.map((statement) => h('div', {}, h('p', {class: 'hint'}, statement.why), h('pre', {}, statement.sql), statement.findings.map(finding))),
    one.undecided.map((it) => h('p', {class: 'hint'}, `${it.what} of ${it.object} may differ: ${it.live} / ${it.wanted}`)));
}
