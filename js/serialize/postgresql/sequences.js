'use strict';
// Sequences, and those behind identity columns. All numbers are text.

const MAX = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' };
const MIN = { smallint: '-32768', integer: '-2147483648', bigint: '-9223372036854775808' };

function textOf(option) {
  return option === undefined ? undefined : String(option);
}

// The options with what PostgreSQL takes for those not given; `type` bounds them.
function sequenceOptions(options, type) {
  const increment = textOf(options?.increment) ?? '1';
  const descending = parseFloat(increment) < 0;
  const minValue = textOf(options?.minValue) ?? (descending ? (MIN[type] ?? MIN.smallint) : '1');
  const maxValue = textOf(options?.maxValue) ?? (descending ? '-1' : (MAX[type] ?? MAX.smallint));
  return {
    increment,
    startWith: textOf(options?.startWith) ?? (descending ? maxValue : minValue),
    minValue,
    maxValue,
    cache: textOf(options?.cache) ?? '1',
    cycle: options?.cycle ?? false,
  };
}

function serializeSequences(context, sequences) {
  const result = {};
  for (const sequence of sequences) {
    const schema = sequence.schema ?? 'public';
    const name = sequence.seqName;
    try {
      context.checkName(name, 'a sequence');
      const key = `${schema}.${name}`;
      if (key in result) continue;
      result[key] = { name, schema, ...sequenceOptions(sequence.seqOptions, 'bigint') };
      context.origins.add('sequences', context.originOf(sequence), key);
    } catch (error) {
      context.problems.caught(error, context.originOf(sequence), `sequence '${String(name)}'`);
    }
  }
  return result;
}

module.exports = { sequenceOptions, serializeSequences };
