'use strict';
// URLs, as connection strings and file paths need them.

const SPECIAL = { 'http:': '80', 'https:': '443', 'ws:': '80', 'wss:': '443', 'ftp:': '21', 'file:': '' };
const SHAPE = /^([A-Za-z][A-Za-z0-9+.-]*:)(?:\/\/([^/?#]*))?([^?#]*)(\?[^#]*)?(#.*)?$/;

class URLSearchParams {
  constructor(source = '') {
    this.list = [];
    if (typeof source === 'string') this.read(source.replace(/^\?/, ''));
    else if (source && typeof source[Symbol.iterator] === 'function')
      for (const [name, value] of source) this.append(name, value);
    else for (const name of Object.keys(source ?? {})) this.append(name, source[name]);
  }
  read(text) {
    for (const pair of text.split('&').filter(Boolean)) {
      const [name, ...rest] = pair.split('=');
      this.append(plain(name), plain(rest.join('=')));
    }
  }
  append(name, value) {
    this.list.push([String(name), String(value)]);
  }
  delete(name) {
    this.list = this.list.filter(([known]) => known !== name);
  }
  get(name) {
    return this.list.find(([known]) => known === name)?.[1] ?? null;
  }
  getAll(name) {
    return this.list.filter(([known]) => known === name).map(([, value]) => value);
  }
  has(name) {
    return this.list.some(([known]) => known === name);
  }
  set(name, value) {
    const known = this.list.find(([other]) => other === name);
    if (known) known[1] = String(value);
    else this.append(name, value);
  }
  forEach(action) {
    for (const [name, value] of this.list) action(value, name, this);
  }
  keys() {
    return this.list.map(([name]) => name)[Symbol.iterator]();
  }
  values() {
    return this.list.map(([, value]) => value)[Symbol.iterator]();
  }
  entries() {
    return this.list[Symbol.iterator]();
  }
  [Symbol.iterator]() {
    return this.entries();
  }
  get size() {
    return this.list.length;
  }
  toString() {
    const quote = (text) => encodeURIComponent(text).replace(/%20/g, '+');
    return this.list.map(([name, value]) => `${quote(name)}=${quote(value)}`).join('&');
  }
}

function plain(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    return text;
  }
}

function invalid(text) {
  return Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL', input: text });
}

class URL {
  constructor(text, base) {
    const source = String(text).trim();
    const match = SHAPE.exec(source) ?? SHAPE.exec(base === undefined ? '' : against(source, new URL(base)));
    if (!match) throw invalid(source);
    const [, protocol, authority, path, search = '', hash = ''] = match;
    this.protocol = protocol.toLowerCase();
    this.hasAuthority = authority !== undefined;
    this.readAuthority(authority ?? '');
    this.pathname = this.normalPath(path);
    this.hash = hash === '#' ? '' : hash;
    this.searchParams = new URLSearchParams(search);
    this.query = search === '?' ? '' : search;
  }
  readAuthority(authority) {
    const at = authority.lastIndexOf('@');
    const [user = '', ...password] = at < 0 ? [] : authority.slice(0, at).split(':');
    const host = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/.exec(authority.slice(at + 1));
    if (!host) throw invalid(authority);
    this.username = user;
    this.password = password.join(':');
    this.hostname = this.protocol in SPECIAL ? host[1].toLowerCase() : host[1];
    this.port = host[2] && host[2] !== SPECIAL[this.protocol] ? host[2] : '';
  }
  normalPath(path) {
    if (!(this.protocol in SPECIAL)) return path;
    const { normalize } = require('./path.js');
    const folded = normalize(`/${path}`);
    return path.endsWith('/') && !folded.endsWith('/') ? `${folded}/` : folded;
  }
  get host() {
    return this.hostname + (this.port && `:${this.port}`);
  }
  get origin() {
    return this.protocol in SPECIAL && this.protocol !== 'file:'
      ? `${this.protocol}//${this.host}`
      : 'null';
  }
  get search() {
    const now = this.searchParams.toString();
    if (now === new URLSearchParams(this.query).toString()) return this.query;
    return now && `?${now}`;
  }
  set search(text) {
    this.query = text && !text.startsWith('?') ? `?${text}` : text;
    this.searchParams = new URLSearchParams(this.query);
  }
  get href() {
    const password = this.password && `:${this.password}`;
    const user = this.username || password ? `${this.username}${password}@` : '';
    const authority = this.hasAuthority ? `//${user}${this.host}` : '';
    return this.protocol + authority + this.pathname + this.search + this.hash;
  }
  set href(text) {
    Object.assign(this, new URL(text));
  }
  toString() {
    return this.href;
  }
  toJSON() {
    return this.href;
  }
  static canParse(text, base) {
    try {
      return Boolean(new URL(text, base));
    } catch {
      return false;
    }
  }
}

function against(text, base) {
  const start = `${base.protocol}//${base.host}`;
  if (text.startsWith('//')) return base.protocol + text;
  if (text.startsWith('/')) return start + text;
  if (text.startsWith('?')) return start + base.pathname + text;
  if (text.startsWith('#')) return start + base.pathname + base.search + text;
  return start + base.pathname.slice(0, base.pathname.lastIndexOf('/') + 1) + text;
}

function fileURLToPath(url) {
  const { protocol, pathname } = typeof url === 'string' ? new URL(url) : url;
  if (protocol !== 'file:') throw new TypeError('The URL must be of scheme file');
  return decodeURIComponent(pathname);
}

function pathToFileURL(path) {
  return new URL(`file://${encodeURI(require('./path.js').resolve(path))}`);
}

// The older url.parse, as far as connection strings go.
function parse(text) {
  const url = new URL(text);
  const auth = url.username ? url.username + (url.password && `:${url.password}`) : null;
  return { ...url, auth, host: url.host, href: url.href, path: url.pathname + url.search };
}

module.exports = { URL, URLSearchParams, fileURLToPath, pathToFileURL, parse };
