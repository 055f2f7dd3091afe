'use strict';

const { inertInfo } = require('../../inert.js');
const { get, put } = require('../maps.js');
const { Mistake, standinMistake } = require('../mistake.js');

function serializeEnums(context, enums) {
  const result = {};
  for (const one of enums) {
    const { enumName: name, enumValues: values } = one;
    const schema = one.schema || 'public';
    const origin = context.originOf(one);
    try {
      context.checkName(name, 'an enum');
      checkValues(name, values);
      const key = `${schema}.${name}`;
      refuseOther(get(result, key), values, key);
      put(result, key, { name, schema, values });
      context.origins.add('enums', origin, key);
    } catch (error) {
      context.problems.caught(error, origin, `enum '${String(name)}'`);
    }
  }
  return result;
}

function checkValues(name, values) {
  for (const value of values) {
    const info = inertInfo(value);
    if (info) throw standinMistake(`a value of enum '${name}'`, info);
    if (typeof value !== 'string')
      throw new Mistake(`enum '${name}' has a value that is not text: ${String(value)}`);
  }
}

function refuseOther(first, values, key) {
  if (first === undefined || JSON.stringify(first.values) === JSON.stringify(values)) return;
  throw new Mistake(`two enums are named '${key}'`, 'rename one of them, or export only one');
}

module.exports = { serializeEnums };
