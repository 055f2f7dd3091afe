'use strict';
// node:path for POSIX.

const sep = '/';
const delimiter = ':';

function isAbsolute(path) {
  return path.startsWith('/');
}

function normalize(path) {
  const absolute = isAbsolute(path);
  const parts = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !absolute) parts.push(part);
  }
  const trailing = path.endsWith('/') && parts.length > 0 ? '/' : '';
  return (absolute ? '/' : '') + parts.join('/') + trailing || '.';
}

function join(...parts) {
  const path = parts.filter((part) => part !== '').join('/');
  return path === '' ? '.' : normalize(path);
}

function resolve(...parts) {
  let path = '';
  for (let i = parts.length - 1; i >= 0 && !isAbsolute(path); i--)
    if (parts[i] !== '') path = path === '' ? parts[i] : `${parts[i]}/${path}`;
  if (!isAbsolute(path)) path = `${require('./process.js').cwd()}/${path}`;
  const plain = normalize(path);
  return plain.length > 1 && plain.endsWith('/') ? plain.slice(0, -1) : plain;
}

function withoutTrailing(path) {
  return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
}

function dirname(path) {
  const plain = withoutTrailing(path);
  const end = plain.lastIndexOf('/');
  if (end < 0) return '.';
  return end === 0 ? '/' : withoutTrailing(plain.slice(0, end));
}

function basename(path, suffix = '') {
  const plain = withoutTrailing(path);
  const base = plain === '/' ? '' : plain.slice(plain.lastIndexOf('/') + 1);
  return suffix && base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base;
}

function extname(path) {
  const base = basename(path);
  const dot = base.lastIndexOf('.');
  return dot <= 0 ? '' : base.slice(dot);
}

function relative(from, to) {
  const a = resolve(from).split('/').filter(Boolean);
  const b = resolve(to).split('/').filter(Boolean);
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  return [...a.slice(same).map(() => '..'), ...b.slice(same)].join('/');
}

function parse(path) {
  const base = basename(path);
  const ext = extname(path);
  const root = isAbsolute(path) ? '/' : '';
  const dir = path.includes('/') ? dirname(path) : '';
  return { root, dir, base, ext, name: ext ? base.slice(0, -ext.length) : base };
}

function format({ dir, root = '', base, name = '', ext = '' }) {
  const file = base ?? name + (ext && !ext.startsWith('.') ? `.${ext}` : ext);
  if (!dir) return root + file;
  return dir === root ? dir + file : `${dir}/${file}`;
}

const toNamespacedPath = (path) => path;

const path = {
  sep, delimiter, isAbsolute, normalize, join, resolve, dirname, basename, extname, relative,
  parse, format, toNamespacedPath,
};
module.exports = path;
path.posix = path;
path.default = path;
