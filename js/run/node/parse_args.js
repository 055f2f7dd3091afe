'use strict';
// util.parseArgs.

function problem(code, message) {
  return Object.assign(new TypeError(message), { code });
}

// { name, value } of `--name`, `--name=value`, `-n`; null for a plain word.
function optionIn(word, options) {
  const long = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word);
  if (long) return { name: long[1], value: long[2] };
  const short = /^-([^-])([\s\S]*)$/.exec(word);
  if (!short) return null;
  const found = Object.keys(options).find((name) => options[name].short === short[1]);
  return { name: found ?? short[1], value: short[2] || undefined };
}

function parseArgs({ args, options = {}, strict = true, allowPositionals = !strict, allowNegative = false } = {}) {
  const words = [...(args ?? require('./process.js').argv.slice(2))];
  const values = Object.create(null);
  const positionals = [];
  const set = (name, value) => {
    if (options[name]?.multiple) (values[name] ??= []).push(value);
    else values[name] = value;
  };
  while (words.length > 0) {
    const word = words.shift();
    const option = word === '--' ? undefined : optionIn(word, options);
    if (option === undefined) {
      positionals.push(...words.splice(0));
    } else if (option === null) {
      positionals.push(word);
    } else {
      const negated = allowNegative && option.name.startsWith('no-') && !options[option.name];
      const name = negated ? option.name.slice(3) : option.name;
      if (strict && !options[name]) throw problem('ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${word}'`);
      if (options[name]?.type !== 'string') set(name, negated ? false : (option.value ?? true));
      else if (option.value === undefined && words.length === 0)
        throw problem('ERR_PARSE_ARGS_INVALID_OPTION_VALUE', `Option '--${name} <value>' argument missing`);
      else set(name, option.value ?? words.shift());
    }
  }
  if (strict && !allowPositionals && positionals.length > 0)
    throw problem('ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL', `Unexpected argument '${positionals[0]}'`);
  for (const [name, { default: value }] of Object.entries(options))
    if (value !== undefined && !(name in values)) values[name] = value;
  return { values, positionals };
}

module.exports = { parseArgs };
