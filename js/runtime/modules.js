'use strict';
// Loads modules with the semantics that the peer's loader gives them: ES modules
// are CommonJS ones whose exports are getters. Their imported names live in an
// environment around the module's function; src/source/script/module_syntax.h
// tells how the text was prepared.
//
// Called by the program with its natives as $native; everything else reaches them
// by require('…/runtime/native.js').

const native = $native;
const PREFIX = 'tidemark:';
const STANDIN = 'inert:';
const MISSING = 'missing:';

const cache = new Map(); // id -> Module

// Set while a program of the project runs (js/run/program.js): nothing is stood in for,
// and who awaits waits for the world. { main, settle, missing, loaded }
let program;

class Module {
  constructor(id) {
    this.id = id;
    this.filename = id;
    this.path = folderOf(id);
    this.exports = {};
    this.loaded = false;
  }
}

function folderOf(path) {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}

// --- our own modules -------------------------------------------------------

function ours(path) {
  const id = PREFIX + path;
  const known = cache.get(id);
  if (known) return known.exports;
  const module = new Module(id);
  cache.set(id, module);
  if (path === 'runtime/native.js') {
    module.exports = native;
    return native;
  }
  const run = native.compileEmbedded(path);
  if (!run) throw new Error(`no such module of ours: ${path}`);
  run.call(undefined, module.exports, (specifier) => ours(pathFrom(path, specifier)), module);
  module.loaded = true;
  return module.exports;
}

// What a relative specifier in one of our modules means.
function pathFrom(path, specifier) {
  const parts = path.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

// --- modules of the project -------------------------------------------------

function load(id, place) {
  const known = cache.get(id);
  if (known) return known;
  if (id.startsWith(PREFIX)) {
    ours(id.slice(PREFIX.length));
    return cache.get(id);
  }
  const module = new Module(id);
  cache.set(id, module);
  try {
    fill(module, place);
  } catch (error) {
    cache.delete(id);
    if (program || !id.includes('/node_modules/')) throw error;
    standIn(module, packageOf(id), place); // a package that needs more than we give
    cache.set(id, module);
  }
  module.loaded = true;
  program?.loaded(module);
  return module;
}

let placesWanted = false;

// Lets every module of the project be evaluated anew; with places when the objects
// made there will ask where that is.
function forget(places) {
  placesWanted = Boolean(places);
  for (const id of cache.keys()) if (!id.startsWith(PREFIX)) cache.delete(id);
}

function fill(module, place) {
  const { id } = module;
  if (id.startsWith(STANDIN)) return standIn(module, id.slice(STANDIN.length), place);
  if (id.startsWith(MISSING)) return leaveOut(module, id.slice(MISSING.length));
  if (id.endsWith('.json')) return readJson(module);
  if (/\.[cm]?[jt]sx?$/.test(id)) return evaluate(module);
  if (program && /\.(node|wasm)$/.test(id)) throw new Error(`${id} is machine code, which is not run here`);
  return standIn(module, id.slice(id.lastIndexOf('/') + 1), place); // styles, pictures, …
}

function standIn(module, name, place) {
  module.exports = ours('inert.js').inert(name, place);
  module.isStandIn = true;
}

// A part of Node that is not here: who only imports it does not need it.
function leaveOut(module, name) {
  module.exports = program.missing(name);
  module.isStandIn = true;
}

function packageOf(id) {
  const path = id.slice(id.lastIndexOf('/node_modules/') + '/node_modules/'.length).split('/');
  return path[0].startsWith('@') ? `${path[0]}/${path[1]}` : path[0];
}

function readJson(module) {
  try {
    module.exports = JSON.parse(native.readModuleText(module.id));
  } catch (error) {
    const [, line, column] = /line (\d+) column (\d+)/.exec(error.message) ?? [0, 1, 1];
    error.tidemark = { file: module.id, line: Number(line), column: Number(column) };
    throw error;
  }
}

function evaluate(module) {
  const fixed = new Set();
  const unit = native.readUnit(module.id, placesWanted, (found) => {
    fixed.clear();
    if (program) findFixed(module, found, fixed);
    return [...fixed].join(',');
  });
  const environment = Object.create(null);
  define(environment, 'module', module);
  define(environment, 'require', requireFor(module));
  define(environment, '__filename', module.id);
  define(environment, '__dirname', module.path);
  define(environment, '$mport', (specifier) => importLater(module, specifier));
  define(environment, 'import_meta', metaOf(module));
  if (unit.isModule) linkLater(module, unit, environment, fixed);
  else define(environment, 'exports', module.exports);
  const run = native.linkUnit(module.id, environment);
  const result = run.call(unit.isModule ? undefined : module.exports);
  if (result instanceof Promise) module.awaited = settled(result, module.id);
}

function define(target, name, value) {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true });
}

function getter(target, name, get) {
  Object.defineProperty(target, name, { get, enumerable: true, configurable: true });
}

// Gives the environment what the first line of an ES module calls: $begin takes
// the getters of its exports, then loads what it imports, in order.
function linkLater(module, unit, environment, fixed) {
  const modules = [];
  define(environment, '$fixed', (request, name) => fixedExport(modules[request], name, module.id));
  define(environment, '$get', (request, name) => exportOf(modules[request], name));
  define(environment, '$begin', (getters, fix) => {
    Object.defineProperty(module.exports, '__esModule', { value: true });
    for (const name of Object.keys(getters)) getter(module.exports, name, getters[name]);
    unit.requests.forEach((request, index) => {
      modules[index] = required(module, request);
      bind(environment, unit.imports, index, modules[index], module.id, fixed);
      fix[index]?.();
      if (fix[index]) modules[index].awaited?.then(fix[index], () => {});
      if (unit.stars.includes(index)) copyNames(module.exports, modules[index].exports);
    });
  });
}

function bind(environment, imports, request, source, importer, fixed) {
  for (let i = 0; i < imports.length; i += 3) {
    if (imports[i] !== request || fixed.has(imports[i + 2])) continue;
    const imported = imports[i + 1];
    if (source.isStandIn || source.id.startsWith(PREFIX)) define(environment, imports[i + 2], exportOf(source, imported, importer));
    else getter(environment, imports[i + 2], () => exportOf(source, imported));
  }
}

// --- imports that never change --------------------------------------------------

// Looking an imported name up in the environment is slow. Where its module has run before
// the importer does, and never assigns it again, the importer has it as a variable.

const described = new Map(); // id -> what native.exportsOf said

function findFixed(module, { requests, imports }, fixed) {
  const ids = requests.map(([specifier]) => native.resolve(specifier, module.id));
  for (let i = 0; i < imports.length; i += 3)
    if (isFixed(ids[imports[i]], imports[i + 1], new Set())) fixed.add(imports[i + 2]);
}

function isFixed(id, name, seen) {
  if (id === undefined || seen.has(id)) return false;
  if (!/^\/.*\.[cm]?[jt]sx?$/.test(id)) return true; // ours, a stand-in, data
  if (cache.has(id) && !cache.get(id).loaded) return false;
  if (!described.has(id)) described.set(id, native.exportsOf(id));
  const { isModule, settled, requests, reexports, stars } = described.get(id);
  if (!isModule || name === '*') return true;
  if (Object.hasOwn(settled, name)) return settled[name];
  seen.add(id);
  const whence = (request) => native.resolve(requests[request], id);
  const passed = reexports.find(([exported]) => exported === name);
  if (passed) return isFixed(whence(passed[1]), passed[2], seen);
  return stars.some((star) => isFixed(whence(star), name, seen));
}

function fixedExport(source, name, importer) {
  try {
    return exportOf(source, name, importer);
  } catch (error) {
    if (source.awaited) return undefined; // fetched again when it has run
    throw error;
  }
}

function exportOf(module, name, importer) {
  const { exports } = module;
  if (name === '*') return namespaceOf(module);
  if (module.isStandIn) return name === 'default' ? exports : exports[name];
  if (name === 'default' && !exports?.__esModule) return exports;
  if (module.id.startsWith(PREFIX) && !(name in exports)) return unknownName(module, name, importer);
  return exports?.[name];
}

// Names that a module of drizzle's does not have: those of another version, which
// no schema needs, or slips of the pen.
function unknownName(module, name, importer) {
  const [first, second] = module.id.slice(PREFIX.length).split('/');
  if (program && importer) return program.missing(`${name} of ${module.id.replace(/^.*\//, '').replace(/\.js$/, '')}`);
  if (!first.startsWith('drizzle-') || !importer) return undefined;
  const specifier = second === 'index.js' ? first : `${first}/${second}`;
  return ours('runtime/unknown_names.js').standFor(specifier, name, module.exports, importer);
}

function namespaceOf(module) {
  const { exports } = module;
  if (module.isStandIn || exports?.__esModule) return exports;
  if (!module.namespace) {
    module.namespace = { default: exports };
    if (typeof exports === 'object' || typeof exports === 'function')
      copyNames(module.namespace, exports);
  }
  return module.namespace;
}

// The first of two equal names wins.
function copyNames(target, source) {
  if (source === null || (typeof source !== 'object' && typeof source !== 'function')) return;
  for (const name of Object.getOwnPropertyNames(source)) {
    if (name === 'default' || name === '__esModule' || Object.hasOwn(target, name)) continue;
    getter(target, name, () => source[name]);
  }
}

function metaOf(module) {
  return {
    url: `file://${encodeURI(module.id)}`,
    filename: module.id,
    dirname: module.path,
    main: false,
    get env() {
      return globalThis.process.env;
    },
    resolve: (specifier) => `file://${native.resolve(specifier, module.id)}`,
  };
}

// --- finding modules -------------------------------------------------------

function required(module, [specifier, line, column, length]) {
  const place = [module.id, line, column];
  const id = native.resolve(specifier, module.id);
  if (id === undefined) throw notFound(module, specifier, { line, column, length });
  return load(id, place);
}

function requireFor(module) {
  const require = (specifier) => {
    const id = native.resolve(String(specifier), module.id, 'require');
    if (id === undefined) throw notFound(module, specifier);
    return load(id, [module.id]).exports;
  };
  require.resolve = (specifier) => native.resolve(String(specifier), module.id, 'require');
  require.cache = {};
  require.main = program?.main && cache.get(program.main);
  return require;
}

async function importLater(module, specifier) {
  const id = native.resolve(String(specifier), module.id);
  if (id === undefined) throw notFound(module, specifier);
  const loaded = load(id, [module.id]);
  await loaded.awaited;
  return namespaceOf(loaded);
}

function notFound(module, specifier, place) {
  const error = new Error(`cannot find the module '${specifier}'`);
  error.code = 'MODULE_NOT_FOUND';
  const near = native.suggestion(specifier, module.id);
  const isPath = /^[./@~#$][./]?/.test(specifier) && !/^@[\w-]+\//.test(specifier);
  const advice = program && !isPath
    ? `install it: \`npm install ${packageOf(`/node_modules/${specifier}`)}\``
    : 'check the path, and "paths" in tsconfig.json';
  const hint = near ? `did you mean '${near}'?` : advice;
  error.tidemark = { file: place ? module.id : undefined, hint, ...place };
  return error;
}

// --- waiting ---------------------------------------------------------------

// Nothing in here waits for the world, so a promise that has not settled when
// the queue is empty never will.
function settled(promise, file) {
  if (program) return program.settle(promise, file);
  let state = 'waiting';
  let value;
  promise.then(
    (result) => ([state, value] = ['done', result]),
    (error) => ([state, value] = ['failed', error])
  );
  native.runJobs();
  if (state === 'failed') throw value;
  if (state === 'done') return value;
  const error = new Error('a promise awaited here never settles: scripts have no network');
  error.tidemark = { file, line: 1, column: 1 };
  throw error;
}

Object.assign(exports, { ours, load, forget, requireFor, settled });
cache.set(`${PREFIX}runtime/modules.js`, { exports });
const requests = ours('runtime/requests.js');
exports.config = requests.config;
exports.schema = requests.schema;
exports.program = (text) => ours('run/program.js').program(text);
exports.beProgram = (rules) => void (program = rules);
