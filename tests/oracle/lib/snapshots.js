'use strict';
// The snapshot of one schema as either side makes it, without ids.

const path = require('node:path');
const { STANDINS, loadWithPeer, loadWithStandins } = require('./load.js');

function withoutIds({ id, prevId, ...snapshot }) {
  return snapshot;
}

async function peerSnapshot(file, { dialect, casing }) {
  const api = require('drizzle-kit/api');
  const exports = loadWithPeer(file);
  const snapshot =
    dialect === 'postgresql'
      ? api.generateDrizzleJson(exports, undefined, undefined, casing)
      : await api.generateSQLiteDrizzleJson(exports, undefined, casing);
  return withoutIds(snapshot);
}

function standinDocument(files, { dialect, casing }) {
  const { serialize } = require(path.join(STANDINS, 'serialize/index.js'));
  const loaded = [].concat(files).map((file) => ({ file, exports: loadWithStandins(file) }));
  return serialize(loaded, { engine: dialect, casing });
}

module.exports = { peerSnapshot, standinDocument };
