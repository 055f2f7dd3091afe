'use strict';
// The environment has been read before any script runs (.env and .env.local, or
// the files of --env-file), so `config` adds only files that it names itself.

const fs = require('../node/fs.js');
const path = require('../node/path.js');
const process = require('../node/process.js');

const LINE =
  /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm;

function parse(source) {
  const out = {};
  for (const [, name, raw = ''] of String(source).replace(/\r\n?/g, '\n').matchAll(LINE)) {
    let value = raw.trim();
    const quote = value[0];
    value = value.replace(/^(['"`])([\s\S]*)\1$/gm, '$2');
    if (quote === '"') value = value.replace(/\\n/g, '\n').replace(/\\r/g, '\r');
    out[name] = value;
  }
  return out;
}

function config(options = {}) {
  const target = options.processEnv ?? process.env;
  const parsed = {};
  for (const file of [options.path ?? []].flat()) {
    const where = path.resolve(process.cwd(), String(file));
    if (!fs.existsSync(where)) continue;
    for (const [name, value] of Object.entries(parse(fs.readFileSync(where, 'utf8'))))
      parsed[name] ??= value;
  }
  populate(target, parsed, options);
  return { parsed: { ...process.env, ...parsed } };
}

function populate(target, values, options = {}) {
  for (const [name, value] of Object.entries(values))
    if (options.override || !(name in target)) target[name] = value;
  return target;
}

const expand = (options = {}) => ({ parsed: options.parsed ?? {} });

module.exports = {
  config, configDotenv: config, parse, populate, expand, loadEnvConfig: () => ({}),
};
