'use strict';
// Makes a failing seed small: what can be left out of both schemas, while the same law
// is broken, is left out.

const { KINDS, PARTS, idsOf, settle, without } = require('./model.js');

const MOST_TRIES = 150;
const MODIFIERS = ['default', 'unique', 'notNull', 'where', 'with', 'rowSecurity', 'limit', 'orderBy', 'options', 'schema', 'noData', 'array', 'onDelete', 'onUpdate', 'casing'];

// `breaks` says whether a variant breaks the law too.
async function shrink(it, breaks) {
  let [best, tries] = [it, 0];
  const attempt = async (variant) => {
    if (tries++ >= MOST_TRIES || same(variant, best) || !(await breaks(variant))) return false;
    best = variant;
    return true;
  };
  for (const id of new Set([...idsOf(it.before), ...idsOf(it.after)])) await attempt(both(best, (model) => without(model, new Set([id]))));
  for (const modifier of MODIFIERS) {
    if (await attempt(both(best, (model) => stripped(model, modifier)))) continue;
    for (const id of idsOf(best.before)) await attempt(both(best, (model) => stripped(model, modifier, id)));
  }
  for (const id of idsOf(best.after)) await attempt({ ...best, after: reverted(best, id) });
  return best;
}

const both = (it, change) => ({ ...it, before: change(it.before), after: change(it.after) });
const same = (a, b) => JSON.stringify([a.before, a.after]) === JSON.stringify([b.before, b.after]);

function everything(model) {
  return [...KINDS.flatMap((kind) => model[kind]), ...model.tables.flatMap((table) => PARTS.flatMap((part) => table[part]))];
}

// Without one modifier, of everything or of one thing.
function stripped(model, modifier, id) {
  const copy = structuredClone(model);
  for (const it of id === undefined ? [copy, ...everything(copy)] : everything(copy).filter((one) => one.id === id)) delete it[modifier];
  return settle(copy);
}

// The thing as it was before.
function reverted({ before, after }, id) {
  const copy = structuredClone(after);
  const was = everything(before).find((it) => it.id === id);
  const now = everything(copy).find((it) => it.id === id);
  if (!was || !now) return copy;
  const parts = Object.fromEntries(Object.entries(now).filter(([key]) => PARTS.includes(key) && now.columns));
  for (const key of Object.keys(now)) delete now[key];
  Object.assign(now, structuredClone(was), parts);
  return settle(copy);
}

module.exports = { shrink };
