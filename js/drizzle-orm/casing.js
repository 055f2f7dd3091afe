'use strict';
// How `casing` makes a column's name from its key.

function words(text) {
  return text.replace(/['\u2019]/g, '').match(/[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+/g) ?? [];
}

function toSnakeCase(text) {
  return words(text)
    .map((word) => word.toLowerCase())
    .join('_');
}

function toCamelCase(text) {
  return words(text)
    .map((word, i) => (i === 0 ? word.toLowerCase() : word[0].toUpperCase() + word.slice(1)))
    .join('');
}

// By the word that schemas and configurations have for it; undefined for none.
const converters = { camelCase: toCamelCase, snake_case: toSnakeCase };

module.exports = { converters, toSnakeCase, toCamelCase };
