'use strict';
// Values on their way to the program (src/run/wire.h), as JSON.

// Half of a character that two code units make is no text there.
const HALF = /(\\\\)|\\u[dD][89a-fA-F][0-9a-fA-F]{2}/g;

function encoded(value) {
  const text = JSON.stringify(value);
  return text.includes('\\ud') ? text.replace(HALF, (found, backslash) => (backslash ? found : '\ufffd')) : text;
}

module.exports = { encoded };
