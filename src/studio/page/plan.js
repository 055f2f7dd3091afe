// The plan of a statement: each step opens to the steps that feed it.
import {h} from './dom.js';

export function planTree(steps) {
  if (steps.length === 0) return h('p', {class: 'empty'}, 'The database names no steps.');
  return h('ul', {class: 'plan'}, steps.map((step) => h('li', {}, stepBox(step))));
}

function stepBox(step) {
  const line = [h('b', {}, step.title), share(step), h('span', {class: 'dim'}, step.facts.join(' · '))];
  const more = [step.details.map((detail) => h('div', {class: 'mono dim'}, detail)), step.children.length > 0 && planTree(step.children)];
  if (step.details.length + step.children.length === 0) return h('div', {class: 'step'}, line);
  return h('details', {open: true}, h('summary', {class: 'step'}, line), more);
}

function share({share: part}) {
  if (part === undefined) return null;
  const percent = `${Math.round(part * 100)} %`;
  return [h('meter', {value: part, title: 'its own part of the whole', 'aria-label': `${percent} of the whole`}), h('small', {}, percent)];
}
