'use strict';
// What is told of an error that nobody caught: its words, those of its causes, and the
// nearest place in a file of the user's.

const LONGEST = 600; // a failed insert of a thousand rows names them all
const FRAME = /^(.*?)@(\/.*):(\d+):(\d+)$/;

function isOfUser(file) {
  return file.startsWith('/') && !file.includes('/node_modules/');
}

// [{ name, file, line, column }] of the engine's text.
function frames(stack) {
  const out = [];
  for (const text of String(stack ?? '').split('\n')) {
    const match = FRAME.exec(text);
    if (match && Number(match[3]) > 0)
      out.push({ name: match[1], file: match[2], line: Number(match[3]), column: Number(match[4]) });
  }
  return out;
}

function placeOf(error) {
  if (error?.tidemark?.file) return error.tidemark;
  if (error instanceof SyntaxError && isOfUser(error.fileName ?? ''))
    return { file: error.fileName, line: error.lineNumber, column: error.columnNumber + 1 };
  const all = frames(error?.stack);
  const frame = all.find(({ file }) => isOfUser(file)) ?? all[0];
  return frame ?? (error?.cause instanceof Error ? placeOf(error.cause) : undefined);
}

function shortened(text) {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function wordsOf(error) {
  if (error === 'out of memory') return error; // the engine's own, which src/run/program.cc knows
  if (!(error instanceof Error) && typeof error?.message !== 'string')
    return `this was thrown: ${require('./node/util.js').inspect(error)}`;
  const name = String(error.name ?? '');
  const plain = name === '' || /^error$/i.test(name) || name === 'DrizzleQueryError';
  const code = typeof error.code === 'string' && !error.tidemark?.hint ? ` [${error.code}]` : '';
  return shortened(`${plain ? '' : `${name}: `}${error.message}`) + code;
}

function describe(error) {
  let message = wordsOf(error);
  let hint = error?.tidemark?.hint ?? '';
  for (let one = error; one; one = one.cause) {
    if (one !== error) message += `\n  caused by: ${wordsOf(one)}`;
    if (typeof one.detail === 'string' && one.detail) message += `\n  ${one.detail}`;
    hint ||= typeof one.hint === 'string' ? one.hint : '';
  }
  for (const one of error?.errors ?? []) message += `\n  one of them: ${wordsOf(one)}`;
  const { file = '', line = 0, column = 0, length = 1 } = placeOf(error) ?? {};
  return { message, hint, file, line, column, length };
}

module.exports = { describe, frames };
