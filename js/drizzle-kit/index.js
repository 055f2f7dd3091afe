'use strict';

module.exports = { defineConfig: (config) => config };
