'use strict';
// Random values and digests.

const native = require('../runtime/native.js');
const { Buffer, toHex } = require('./buffer.js');

function randomBytes(size) {
  return Buffer.from(native.randomHex(size), 'hex');
}

function randomUUID() {
  const bytes = randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return toHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function randomInt(first, second) {
  const [low, high] = second === undefined ? [0, first] : [first, second];
  return low + (parseInt(native.randomHex(6), 16) % (high - low));
}

function getRandomValues(array) {
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(
    randomBytes(array.byteLength)
  );
  return array;
}

function randomFillSync(array, offset = 0, size = array.byteLength - offset) {
  new Uint8Array(array.buffer ?? array, (array.byteOffset ?? 0) + offset, size).set(randomBytes(size));
  return array;
}

class Hash {
  constructor(algorithm) {
    this.algorithm = algorithm;
    this.hex = '';
  }
  update(data, encoding) {
    this.hex += toHex(typeof data === 'string' ? Buffer.from(data, encoding) : data);
    return this;
  }
  digest(encoding) {
    const digest = native.hash(this.algorithm, this.hex);
    if (digest === undefined) throw new Error(`Digest method not supported: ${this.algorithm}`);
    const bytes = Buffer.from(digest, 'hex');
    return encoding ? bytes.toString(encoding) : bytes;
  }
}

const createHash = (algorithm) => new Hash(algorithm);

const BLOCK = { sha384: 128, sha512: 128 };

// HMAC of RFC 2104 over the digests above.
function createHmac(algorithm, key) {
  const size = BLOCK[algorithm] ?? 64;
  let bytes = typeof key === 'string' ? Buffer.from(key) : key;
  if (bytes.length > size) bytes = createHash(algorithm).update(bytes).digest();
  const pad = (mask) => Buffer.alloc(size).map((_, i) => (bytes[i] ?? 0) ^ mask);
  const inner = createHash(algorithm).update(pad(0x36));
  return {
    update(data, encoding) {
      inner.update(data, encoding);
      return this;
    },
    digest: (encoding) =>
      createHash(algorithm).update(pad(0x5c)).update(inner.digest()).digest(encoding),
  };
}

const timingSafeEqual = (a, b) => Buffer.from(a).equals(b);
const webcrypto = { randomUUID, getRandomValues, subtle: require('../inert.js').inert('crypto.subtle') };

module.exports = {
  randomBytes, randomFillSync, randomUUID, randomInt, getRandomValues, createHash, createHmac, timingSafeEqual,
  webcrypto, subtle: webcrypto.subtle,
};
