'use strict';
// Loads schema files the way the peer's loader does, with a choice of what
// `drizzle-orm` is: the real package, or Tidemark's stand-ins.

const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const esbuild = require('esbuild');

const STANDINS = path.resolve(__dirname, '../../../js');
const SUFFIXES = ['', '.ts', '.js', '/index.ts', '/index.js'];

// The stand-in file of an import, by the convention that the program follows.
function standinFile(specifier) {
  const base = path.join(STANDINS, specifier);
  for (const file of [`${base}.js`, `${base}/index.js`]) if (fs.existsSync(file)) return file;
  const above = path.dirname(specifier);
  if (above === '.' || above === 'drizzle-orm') return undefined;
  return standinFile(above);
}

function requireStandin(specifier) {
  const file = standinFile(specifier);
  return file ? require(file) : require(`${STANDINS}/inert.js`).inert(specifier);
}

// The exports of one schema file; `orm(specifier)` gives what it imports by name.
function loader(orm) {
  const cache = new Map();
  function load(file) {
    if (cache.has(file)) return cache.get(file).exports;
    const module = { exports: {} };
    cache.set(file, module);
    const { code } = esbuild.transformSync(fs.readFileSync(file, 'utf8'), {
      loader: file.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'node18',
      sourcefile: file,
    });
    const found = (specifier) =>
      specifier.startsWith('.') ? load(resolve(file, specifier)) : orm(specifier);
    new Function('module', 'exports', 'require', code)(module, module.exports, found);
    return module.exports;
  }
  return load;
}

function resolve(from, specifier) {
  const base = path.resolve(path.dirname(from), specifier);
  for (const suffix of SUFFIXES) {
    const file = base + suffix;
    if (fs.existsSync(file) && fs.statSync(file).isFile()) return file;
  }
  throw new Error(`${from}: cannot find ${specifier}`);
}

const requireHere = Module.createRequire(__filename);

module.exports = {
  STANDINS,
  // Each call starts afresh: nothing is shared between two loads.
  loadWithPeer: (file) => loader(requireHere)(file),
  loadWithStandins: (file) => loader(requireStandin)(file),
};
