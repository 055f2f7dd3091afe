'use strict';

// createRequire(import.meta.url)
function createRequire(from) {
  const { fileURLToPath } = require('./url.js');
  const file = String(from).startsWith('file:') ? fileURLToPath(from) : String(from);
  return require('../runtime/modules.js').requireFor({ id: file });
}

module.exports = { createRequire, builtinModules: [], isBuiltin: () => false };
