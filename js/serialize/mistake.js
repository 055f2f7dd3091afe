'use strict';
// A mistake in the schema. It is thrown where it is noticed and caught where the
// object it belongs to is known, so that all mistakes are reported at once.

class Mistake extends Error {
  constructor(message, hint, origin) {
    super(message);
    this.hint = hint;
    this.origin = origin;
  }
}

// The mistake of letting a stand-in's value into the schema.
function standinMistake(what, info) {
  return new Mistake(
    `${what} comes from '${info.name}', which is only stood in for here`,
    'write the value itself; what is computed when rows are written belongs in $defaultFn()'
  );
}

module.exports = { Mistake, standinMistake };
