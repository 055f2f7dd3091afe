'use strict';
// Values of JavaScript as PostgreSQL reads them, as `pg` writes them.

const { Buffer } = require('../../../node/buffer.js');

const hex = (bytes) => `\\x${Buffer.from(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)).toString('hex')}`;
const pad = (number, digits) => String(number).padStart(digits, '0');

// In local time with its offset, so that a column without zone keeps the local clock.
function dateText(date) {
  const offset = -date.getTimezoneOffset();
  const size = Math.abs(offset);
  let year = date.getFullYear();
  const bc = year < 1;
  if (bc) year = Math.abs(year) + 1;
  const day = `${pad(year, 4)}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)}`;
  const time = `${pad(date.getHours(), 2)}:${pad(date.getMinutes(), 2)}:${pad(date.getSeconds(), 2)}.${pad(date.getMilliseconds(), 3)}`;
  const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60), 2)}:${pad(size % 60, 2)}`;
  return `${day}T${time}${zone}${bc ? ' BC' : ''}`;
}

function arrayText(list) {
  const items = list.map((value) => {
    if (value === null || value === undefined) return 'NULL';
    if (Array.isArray(value)) return arrayText(value);
    const text = ArrayBuffer.isView(value) ? hex(value) : prepareValue(value);
    return `"${String(text).replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
  });
  return `{${items.join(',')}}`;
}

function prepareValue(value) {
  if (value === null || value === undefined) return null;
  if (ArrayBuffer.isView(value)) return hex(value);
  if (value instanceof Date) return dateText(value);
  if (Array.isArray(value)) return arrayText(value);
  if (typeof value !== 'object') return value.toString();
  if (typeof value.toPostgres === 'function') return prepareValue(value.toPostgres(prepareValue));
  return JSON.stringify(value);
}

const escapeIdentifier = (text) => `"${text.replace(/"/g, '""')}"`;

function escapeLiteral(text) {
  const escaped = `'${text.replace(/'/g, "''").replace(/\\/g, '\\\\')}'`;
  return text.includes('\\') ? ` E${escaped}` : escaped;
}

module.exports = { prepareValue, escapeIdentifier, escapeLiteral };
