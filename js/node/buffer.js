'use strict';
// As much of Buffer as defaults, keys and identifiers are made with.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function encodeUtf8(text) {
  const bytes = [];
  for (const character of String(text)) {
    const point = character.codePointAt(0);
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000)
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else
      bytes.push(
        0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63),
        0x80 | (point & 63)
      );
  }
  return bytes;
}

function decodeUtf8(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; ) {
    const first = bytes[i++];
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    let point = more === 0 ? first : first & (0x3f >> more);
    for (let k = 0; k < more; k++) point = (point << 6) | (bytes[i++] & 63);
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text;
}

function toBase64(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    for (let k = 0; k < 4; k++)
      text += i + k - 1 < bytes.length || k < 2 ? ALPHABET[(group >> (18 - 6 * k)) & 63] : '=';
  }
  return text;
}

function fromBase64(text) {
  const plain = text.replace(/-/g, '+').replace(/_/g, '/').replace(/[^A-Za-z0-9+/]/g, '');
  const bytes = [];
  for (let i = 0; i < plain.length; i += 4) {
    const part = plain.slice(i, i + 4);
    let group = 0;
    for (let k = 0; k < 4; k++) group = (group << 6) | Math.max(ALPHABET.indexOf(part[k] ?? 'A'), 0);
    for (let k = 0; k < part.length - 1; k++) bytes.push((group >> (16 - 8 * k)) & 255);
  }
  return bytes;
}

const fromHex = (text) => (text.match(/[0-9a-f]{2}/gi) ?? []).map((pair) => parseInt(pair, 16));
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const fromLatin1 = (text) => Array.from(text, (character) => character.charCodeAt(0) & 255);
const toLatin1 = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const READ = {
  utf8: encodeUtf8, 'utf-8': encodeUtf8, hex: fromHex, base64: fromBase64, base64url: fromBase64,
  latin1: fromLatin1, binary: fromLatin1, ascii: fromLatin1,
};
const WRITE = {
  utf8: decodeUtf8, 'utf-8': decodeUtf8, hex: toHex, base64: toBase64, latin1: toLatin1,
  base64url: (bytes) =>
    toBase64(bytes).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''),
  binary: toLatin1, ascii: toLatin1,
};

class Buffer extends Uint8Array {
  static from(value, encoding = 'utf8') {
    if (typeof value === 'string') return new Buffer((READ[encoding] ?? encodeUtf8)(value));
    if (value instanceof ArrayBuffer) return new Buffer(value.slice(0));
    return new Buffer(Array.from(value));
  }
  static alloc(size, fill = 0) {
    return new Buffer(size).fill(fill);
  }
  static allocUnsafe(size) {
    return new Buffer(size);
  }
  static concat(list) {
    return new Buffer(list.flatMap((bytes) => Array.from(bytes)));
  }
  static isBuffer(value) {
    return value instanceof Buffer;
  }
  static byteLength(text, encoding = 'utf8') {
    return typeof text === 'string' ? Buffer.from(text, encoding).length : text.byteLength;
  }
  toString(encoding = 'utf8', start = 0, end = this.length) {
    return (WRITE[encoding] ?? decodeUtf8)(this.subarray(start, end));
  }
  toJSON() {
    return { type: 'Buffer', data: Array.from(this) };
  }
  equals(other) {
    return this.length === other.length && this.every((byte, i) => byte === other[i]);
  }
  static compare(one, other) {
    const place = one.findIndex((byte, i) => byte !== other[i]);
    const [a, b] = place < 0 || place >= other.length ? [one.length, other.length] : [one[place], other[place]];
    return Math.sign(a - b);
  }
  compare(other) {
    return Buffer.compare(this, other);
  }
}

// readUInt16BE, writeDoubleLE and the others.
const NUMBERS = { Int8: 1, UInt8: 1, Int16: 2, UInt16: 2, Int32: 4, UInt32: 4, BigInt64: 8, BigUInt64: 8, Float: 4, Double: 8 };
const IN_VIEW = { UInt8: 'Uint8', UInt16: 'Uint16', UInt32: 'Uint32', BigUInt64: 'BigUint64', Float: 'Float32', Double: 'Float64' };
for (const [name, size] of Object.entries(NUMBERS))
  for (const order of size === 1 ? [''] : ['BE', 'LE']) {
    const method = IN_VIEW[name] ?? name;
    const view = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const define = (word, value) => {
      const full = `${word}${name}${order}`;
      for (const key of [full, full.replace('UInt', 'Uint')])
        Object.defineProperty(Buffer.prototype, key, { value, writable: true, configurable: true });
    };
    define('read', function (offset = 0) {
      return view(this)[`get${method}`](offset, order === 'LE');
    });
    define('write', function (value, offset = 0) {
      view(this)[`set${method}`](offset, value, order === 'LE');
      return offset + size;
    });
  }

module.exports = {
  Buffer,
  encodeUtf8,
  decodeUtf8,
  toHex,
  atob: (text) => toLatin1(fromBase64(String(text))),
  btoa: (text) => toBase64(fromLatin1(String(text))),
};
