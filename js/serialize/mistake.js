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

// The mistake of letting a stand-in's value into the schema. It is shown at the
// object, or at the import where the object is not known.
function standinMistake(what, info) {
  if (info.missing) return missingMistake(info);
  const mistake = new Mistake(
    `${what} comes from '${info.name}', which is only stood in for here`,
    'write the value itself; what is computed when rows are written belongs in $defaultFn()'
  );
  mistake.fallback = info.place;
  return mistake;
}

// A name that a module does not have is the mistake itself, wherever it was used.
function missingMistake({ name, place, missing: { from, near } }) {
  const hint = near ? `did you mean '${near}'?` : 'check the name in the documentation of Drizzle';
  return new Mistake(`'${from}' exports no '${name}'`, hint, place);
}

module.exports = { Mistake, standinMistake };
