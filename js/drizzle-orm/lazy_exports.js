'use strict';

// Exports of a module that few schemas need: it is loaded when one is first used.
// `names` maps what is exported to the module's own names.
function lazyExports(exports, load, names) {
  for (const name of Object.keys(names))
    Object.defineProperty(exports, name, { enumerable: true, get: () => load()[names[name]] });
}

module.exports = { lazyExports };
