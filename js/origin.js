'use strict';
// Where in the schema files an object is being made: [file, line, column], or
// undefined when the engine keeps no places (plain Node, or nobody asked).

const engine = globalThis.__origin;

module.exports = { origin: typeof engine === 'function' ? engine : () => undefined };
