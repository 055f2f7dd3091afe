'use strict';
// Loads schema files under Node the way the peer's loader does, with Tidemark's
// stand-ins for `drizzle-orm`.

const fs = require('node:fs');
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

// A function that gives the exports of a file; `packages(specifier)` gives those of
// what is imported by name.
function loader(packages) {
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
      specifier.startsWith('.') ? load(resolve(file, specifier)) : packages(specifier);
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

// The document that the program would receive for these schema files.
function serializeWithStandins(files, { dialect, options }) {
  const { serialize } = require(path.join(STANDINS, 'serialize/index.js'));
  const load = loader(requireStandin);
  const loaded = files.map((file) => ({ file, exports: load(file) }));
  return serialize(loaded, { engine: dialect, casing: options.casing });
}

module.exports = { serializeWithStandins };
