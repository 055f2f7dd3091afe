'use strict';
// What the program asks for. Every request takes and gives JSON text.

const { forget, load, settled } = require('./modules.js');
const { inertInfo } = require('../inert.js');
const { keepOrigins = () => {} } = require('../origin.js');
require('./globals.js');

// The default export of a configuration file. What is no data (functions) is
// left out, and so is a stand-in's value where only a database needs it.
function config(text) {
  const { file } = JSON.parse(text);
  const exports = load(file).exports;
  let value = exports?.default ?? exports;
  if (value?.__esModule) value = value.default ?? value;
  if (value instanceof Promise) value = settled(value, file);
  refuseStandIns(value, file);
  return JSON.stringify(withoutStandIns(value)) ?? 'null';
}

// `standIns` names those whose values were left out.
function withoutStandIns(value) {
  const standIns = new Set();
  const keep = (_, inner) => {
    const info = inertInfo(inner);
    if (info) standIns.add(info.name);
    return info ? undefined : inner;
  };
  const plain = JSON.parse(JSON.stringify(value, keep) ?? 'null');
  return standIns.size > 0 ? { ...plain, standIns: [...standIns] } : plain;
}

const NEEDED = ['dialect', 'schema', 'out', 'driver', 'casing', 'migrations'];

function refuseStandIns(value, file) {
  for (const key of NEEDED) {
    const info = [value?.[key]].flat().map(inertInfo).find(Boolean);
    if (!info) continue;
    const error = new Error(`"${key}" comes from ${info.name}, which is not run here`);
    const [place, line, column] = info.place ?? [file, 1, 1];
    error.tidemark = { file: place, line, column, hint: `write "${key}" as a plain value` };
    throw error;
  }
}

// Places cost more than the schema itself, so they are kept only when the program
// wants them or there are mistakes to point at.
function schema(text) {
  const request = JSON.parse(text);
  let document = evaluate(request, request.places);
  if (document.errors.length > 0 && !request.places) document = evaluate(request, true);
  return JSON.stringify(document);
}

function evaluate({ files, engine, casing }, places) {
  forget(places);
  keepOrigins(places);
  const exported = files.map((file) => ({ file, exports: load(file).exports }));
  const { serialize } = require('../serialize/index.js');
  return serialize(exported, { engine, casing: casing || undefined, places });
}

module.exports = { config, schema };
