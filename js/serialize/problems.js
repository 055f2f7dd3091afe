'use strict';
// All the mistakes found while serializing, each with its place in the schema.

const { Mistake } = require('./mistake.js');

class Problems {
  constructor() {
    this.list = [];
  }

  add(origin, message, hint) {
    const problem = { message };
    if (hint) problem.hint = hint;
    if (origin) [problem.file, problem.line, problem.column, problem.length] = origin;
    if (!this.list.some((other) => isSame(other, problem))) this.list.push(problem);
  }

  // Turns what was thrown while `what` was being serialized into a problem. An
  // error of the schema's own code carries a better place than the object does.
  caught(error, origin, what) {
    if (error instanceof Mistake) {
      this.add(error.origin ?? origin ?? error.fallback, error.message, error.hint);
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    this.add(thrownAt(error) ?? origin, `${what}: ${message}`, hintFor(message));
  }
}

// One slip may be noticed at every object that it spoiled.
function isSame(a, b) {
  return a.message === b.message && a.file === b.file && a.line === b.line && a.column === b.column;
}

function thrownAt(error) {
  const { fileName, lineNumber, columnNumber } = error ?? {};
  const inSchema = typeof fileName === 'string' && fileName.startsWith('/');
  return inSchema ? [fileName, lineNumber, columnNumber] : undefined;
}

function hintFor(message) {
  if (/cyclic|circular/i.test(message)) return 'a default must not contain itself';
  if (/recursion|call stack/i.test(message)) return 'an expression must not contain itself';
  return undefined;
}

// "schema.ts:3:14", for hints that name a second place.
function placeText(origin) {
  if (!origin) return undefined;
  const [file, line, column] = origin;
  return `${file}:${line}:${column}`;
}

module.exports = { Problems, placeText };
