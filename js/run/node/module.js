'use strict';

const { createRequire } = require('../../node/module.js');

module.exports = { createRequire, builtinModules: [], isBuiltin: () => false, register() {} };
