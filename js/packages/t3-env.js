'use strict';
// createEnv of t3-env without its checks: the values of the environment, as the
// project maps them.

const process = require('../node/process.js');

function createEnv(options = {}) {
  const given = options.runtimeEnv ?? options.runtimeEnvStrict ?? options.experimental__runtimeEnv;
  const values = { ...process.env };
  for (const preset of options.extends ?? []) Object.assign(values, preset);
  for (const [name, value] of Object.entries(given ?? {}))
    if (value !== undefined) values[name] = value;
  for (const shared of Object.keys(options.shared ?? {})) values[shared] ??= undefined;
  return values;
}

module.exports = { createEnv };
