'use strict';
// node:fs for reading inside the project. Whatever else it is asked for is refused.

const native = require('../runtime/native.js');
const { Buffer } = require('./buffer.js');
const { fileURLToPath } = require('./url.js');

function pathOf(path) {
  return typeof path === 'string' ? path : fileURLToPath(path);
}

function missing(path, call) {
  const error = new Error(`ENOENT: no such file or directory, ${call} '${path}'`);
  return Object.assign(error, { code: 'ENOENT', errno: -2, syscall: call, path });
}

function kindOf(path) {
  try {
    return native.kindOfProjectFile(pathOf(path));
  } catch {
    return ''; // outside the project there is nothing to see
  }
}

function existsSync(path) {
  return kindOf(path) !== '';
}

function accessSync(path) {
  if (!existsSync(path)) throw missing(path, 'access');
}

function readFileSync(path, options) {
  if (kindOf(path) !== 'file') throw missing(path, 'open');
  const text = native.readProjectFile(pathOf(path));
  const encoding = typeof options === 'string' ? options : options?.encoding;
  return encoding ? text : Buffer.from(text);
}

class Stats {
  constructor(kind) {
    this.kind = kind;
  }
  isFile() {
    return this.kind === 'file';
  }
  isDirectory() {
    return this.kind === 'folder';
  }
  isSymbolicLink() {
    return false;
  }
}

function statSync(path, options) {
  const kind = kindOf(path);
  if (kind !== '') return new Stats(kind);
  if (options?.throwIfNoEntry === false) return undefined;
  throw missing(path, 'stat');
}

function readdirSync(path, options) {
  if (kindOf(path) !== 'folder') throw missing(path, 'scandir');
  const folder = pathOf(path);
  const names = options?.recursive ? [...namesBelow(folder)] : native.listProjectFolder(folder);
  if (!options?.withFileTypes) return names;
  return names.map((name) => {
    const entry = new Stats(kindOf(`${folder}/${name}`));
    const parent = `${folder}/${name}`.slice(0, `/${name}`.lastIndexOf('/') + folder.length);
    return Object.assign(entry, { name: name.slice(name.lastIndexOf('/') + 1), path: parent, parentPath: parent });
  });
}

// Those of the folder, then those of the folders in it, as Node lists them.
function* namesBelow(folder) {
  const waiting = [''];
  for (const prefix of waiting)
    for (const name of native.listProjectFolder(`${folder}/${prefix}`)) {
      yield prefix + name;
      if (kindOf(`${folder}/${prefix}${name}`) === 'folder') waiting.push(`${prefix}${name}/`);
    }
}

const realpathSync = (path) => require('./path.js').resolve(pathOf(path));
realpathSync.native = realpathSync;

const reading = {
  existsSync, accessSync, readFileSync, statSync, lstatSync: statSync, readdirSync, realpathSync,
};

// fs.promises.readFile and its kind, over the functions above.
const promises = {};
for (const name of ['access', 'readFile', 'stat', 'lstat', 'readdir', 'realpath'])
  promises[name] = async (...parameters) => reading[`${name}Sync`](...parameters);

function refuse(name) {
  return () => {
    throw new Error(`fs.${name} is not available: scripts may only read, inside the project`);
  };
}
for (const name of ['writeFile', 'appendFile', 'rm', 'unlink', 'rename', 'copyFile', 'cp'])
{
  reading[`${name}Sync`] = refuse(`${name}Sync`);
  reading[name] = refuse(name);
  promises[name] = async () => refuse(name)();
}

// Configurations make the folder of their database file; who opens the file makes it.
reading.mkdirSync = () => undefined;
promises.mkdir = async () => undefined;

module.exports = { ...reading, promises, constants: { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 } };
