'use strict';
// crypto of a script that runs: keys from passwords beside what schemas have.

const native = require('../../runtime/native.js');
const plain = require('../../node/crypto.js');
const { Buffer } = require('../../node/buffer.js');
const { missing } = require('../missing.js');

const hex = (data) =>
  (typeof data === 'string' ? Buffer.from(data) : Buffer.from(new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength))).toString('hex');

function scryptSync(password, salt, length, options = {}) {
  const cost = options.N ?? options.cost ?? 16384;
  const block = options.r ?? options.blockSize ?? 8;
  const parallel = options.p ?? options.parallelization ?? 1;
  return Buffer.from(native.deriveKey('scrypt', hex(password), hex(salt), length, cost, block, parallel), 'hex');
}

function pbkdf2Sync(password, salt, rounds, length, digest) {
  return Buffer.from(native.deriveKey('pbkdf2', hex(password), hex(salt), length, rounds, digest), 'hex');
}

// By callback, a turn later.
function later(action) {
  return (...parameters) => {
    const done = parameters.pop();
    Promise.resolve().then(() => action(...parameters)).then((value) => done(null, value), done);
  };
}

const NAMES = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' };
const subtle = new Proxy(
  {
    async digest(algorithm, data) {
      const bytes = Buffer.from(hex(data), 'hex');
      const digest = plain.createHash(NAMES[algorithm.name ?? algorithm] ?? 'none').update(bytes).digest();
      return new Uint8Array(digest).buffer;
    },
  },
  { get: (own, name) => own[name] ?? missing(`crypto.subtle.${String(name)}`) }
);

const webcrypto = { randomUUID: plain.randomUUID, getRandomValues: plain.getRandomValues, subtle };

module.exports = {
  ...plain, scryptSync, pbkdf2Sync, webcrypto, subtle,
  scrypt: later(scryptSync),
  pbkdf2: later(pbkdf2Sync),
  randomFill: later(plain.randomFillSync),
  randomBytes: (size, done) => (done ? later(plain.randomBytes)(size, done) : plain.randomBytes(size)),
  randomInt: (...given) => (typeof given.at(-1) === 'function' ? later(plain.randomInt)(...given) : plain.randomInt(...given)),
  getHashes: () => ['md5', 'sha1', 'sha256', 'sha384', 'sha512'],
};
