'use strict';
// node:fs inside the project, for reading and for writing.

const native = require('../../runtime/native.js');
const reading = require('../../node/fs.js');
const { Buffer } = require('../../node/buffer.js');
const { fileURLToPath } = require('../../node/url.js');
const { missing } = require('../missing.js');

const pathOf = (path) => (typeof path === 'string' ? path : path?.href ? fileURLToPath(path) : String(path));
const encodingOf = (options) => (typeof options === 'string' ? options : options?.encoding);

function bytesOf(data, options) {
  if (typeof data === 'string') return Buffer.from(data, encodingOf(options) ?? 'utf8');
  return Buffer.from(data.buffer ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : String(data));
}

function problem(code, call, path) {
  const words = { ENOENT: 'no such file or directory', EEXIST: 'file already exists', ENOTEMPTY: 'directory not empty' };
  return Object.assign(new Error(`${code}: ${words[code]}, ${call} '${path}'`), { code, syscall: call, path });
}

function readFileSync(path, options) {
  if (!reading.existsSync(path)) throw problem('ENOENT', 'open', path);
  const encoding = encodingOf(options);
  if (encoding === 'utf8' || encoding === 'utf-8') return reading.readFileSync(path, 'utf8');
  const bytes = Buffer.from(native.readBytes(pathOf(path)), 'hex');
  return encoding ? bytes.toString(encoding) : bytes;
}

function writeFileSync(path, data, options) {
  if (options?.flag?.startsWith('a')) return appendFileSync(path, data, options);
  native.changeFile('write', pathOf(path), bytesOf(data, options).toString('hex'));
}

function appendFileSync(path, data, options) {
  const before = reading.existsSync(path) ? native.readBytes(pathOf(path)) : '';
  native.changeFile('write', pathOf(path), before + bytesOf(data, options).toString('hex'));
}

function mkdirSync(path, options) {
  if (reading.existsSync(path)) {
    if (options?.recursive) return undefined;
    throw problem('EEXIST', 'mkdir', path);
  }
  native.changeFile('mkdir', pathOf(path));
  return pathOf(path);
}

function rmSync(path, options) {
  if (!reading.existsSync(path)) {
    if (options?.force) return;
    throw problem('ENOENT', 'rm', path);
  }
  native.changeFile('remove', pathOf(path));
}

function unlinkSync(path) {
  if (!reading.existsSync(path)) throw problem('ENOENT', 'unlink', path);
  native.changeFile('remove', pathOf(path));
}

function statSync(path, options) {
  const found = reading.statSync(path, options);
  if (!found) return found;
  const [size, mtimeMs] = native.statFile(pathOf(path));
  return Object.assign(found, { size, mtimeMs, mtime: new Date(mtimeMs) });
}

function mkdtempSync(prefix) {
  const path = prefix + Math.random().toString(36).slice(2, 8);
  native.changeFile('mkdir', path);
  return path;
}

const acting = {
  existsSync: reading.existsSync, accessSync: reading.accessSync, readdirSync: reading.readdirSync,
  realpathSync: reading.realpathSync, readFileSync, writeFileSync, appendFileSync, mkdirSync, rmSync,
  unlinkSync, statSync, mkdtempSync,
  lstatSync: statSync,
  rmdirSync: rmSync,
  renameSync: (from, to) => native.changeFile('rename', pathOf(from), pathOf(to)),
  copyFileSync: (from, to) => native.changeFile('copy', pathOf(from), pathOf(to)),
  cpSync: (from, to) => native.changeFile('copy', pathOf(from), pathOf(to)),
  chmodSync() {},
  utimesSync() {},
};

// The same by promise and by callback.
const promises = { constants: reading.constants };
const calling = {};
for (const name of Object.keys(acting)) {
  const plain = name.slice(0, -'Sync'.length);
  if (plain === 'exists') continue;
  promises[plain] = async (...parameters) => acting[name](...parameters);
  calling[plain] = (...parameters) => {
    const done = parameters.pop();
    promises[plain](...parameters).then(
      (value) => done(null, value),
      (error) => done(error)
    );
  };
}
calling.exists = (path, done) => Promise.resolve().then(() => done(acting.existsSync(path)));

module.exports = {
  ...acting, ...calling, promises, constants: reading.constants,
  createReadStream: missing('fs.createReadStream'),
  createWriteStream: missing('fs.createWriteStream'),
  openSync: missing('fs.openSync'),
  watch: missing('fs.watch'),
};
