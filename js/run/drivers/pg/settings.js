'use strict';
// Settings of a session, in the keywords of libpq.

// Those that were given, as text.
function given(settings) {
  const out = {};
  for (const [key, value] of Object.entries(settings))
    if (value !== undefined && value !== null && value !== '') out[key] = String(value);
  return out;
}

// { application_name, options }: the others are options of the server's command line.
function startup({ application_name, options, ...others }) {
  const word = (value) => String(value).replace(/[\\\s]/g, '\\$&');
  const more = Object.entries(given(others)).map(([key, value]) => `-c ${key}=${word(value)}`);
  return { application_name, options: [options, ...more].filter(Boolean).join(' ') };
}

module.exports = { given, startup };
