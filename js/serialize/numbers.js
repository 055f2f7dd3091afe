'use strict';

const { quoteText } = require('./sql_text.js');

// A number as the snapshot has it. What JSON cannot say is said in SQL: digits of
// integers beyond 2^53, 'NaN', 'Infinity'.
function bareNumber(value) {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  return Number.isFinite(value) ? value : quoteText(String(value));
}

module.exports = { bareNumber };
