'use strict';
// Where in the schema files an object is being made: [file, line, column].
//
// Asking the engine costs more than making the object, so places are kept only
// when somebody wants them: the schema is then evaluated once more.

let locate;

function keepOrigins(wanted) {
  locate = wanted ? globalThis.__origin : undefined;
}

function origin() {
  return locate === undefined ? undefined : locate();
}

module.exports = { origin, keepOrigins };
