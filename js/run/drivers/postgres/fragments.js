'use strict';
// What stands between the `${}` of a tagged query: values, names, rows, other queries.

const { Parameter, inferType, escapeIdentifier } = require('./types.js');

class Identifier {
  constructor(text) {
    this.value = escapeIdentifier(text);
  }
}

class Builder {
  constructor(first, rest) {
    Object.assign(this, { first, rest });
  }
}

function undefinedValue() {
  const error = new Error('UNDEFINED_VALUE: Undefined values are not allowed');
  return Object.assign(error, { code: 'UNDEFINED_VALUE' });
}

// The text of a query, and its values with their types beside it.
class Composer {
  constructor(options, Query) {
    Object.assign(this, { options, Query, values: [], types: [] });
  }

  name(text) {
    const convert = this.options.transform.column.to;
    return escapeIdentifier(convert ? convert(text) : text);
  }

  query(strings, args) {
    let text = strings[0];
    for (let i = 1; i < strings.length; i++) text += this.part(text, args[i - 1]) + strings[i];
    return text;
  }

  part(before, x) {
    if (x instanceof Builder) return this.build(before, x);
    if (x instanceof this.Query) return this.nested(x);
    if (x instanceof Identifier) return x.value;
    if (Array.isArray(x) && x[0] instanceof this.Query) return x.map((one) => this.nested(one)).join(' ');
    return this.value(x);
  }

  nested(query) {
    query.executed = true; // as a part it is not run by itself
    return this.query(query.strings, query.args);
  }

  value(x) {
    let value = x instanceof Parameter ? x.value : x;
    if (value === undefined) value = this.options.transform.undefined;
    if (value === undefined) throw undefinedValue();
    this.values.push(value);
    this.types.push(this.typeOf(x));
    return `$${this.values.length}`;
  }

  typeOf(x) {
    if (!(x instanceof Parameter) || !x.isArray) return inferType(x) ?? 0;
    return this.options.arrayTypes[x.type || inferType(x.value)] ?? x.type ?? 0;
  }

  // The last keyword before it says what rows or names are written as.
  build(before, { first, rest }) {
    const keywords = [...before.matchAll(/(?:^|[\s(])(values|in|select|as|returning|update|insert)(?=$|[\s(])|\\\(/gi)];
    const last = keywords.at(-1);
    const word = last?.[1]?.toLowerCase();
    const list = Array.isArray(first) ? first : [first];
    switch (word) {
      case 'values':
        return this.rows(first, rest);
      case 'in':
        return first.length === 0 ? '(null)' : this.rows(first, rest);
      case 'update':
        return (rest.length > 0 ? rest.flat() : Object.keys(first))
          .map((key) => `${this.name(key)}=${this.part('values', first[key])}`)
          .join(',');
      case 'insert': {
        const keys = rest.length > 0 ? rest.flat() : Object.keys(list[0]);
        return `(${keys.map((key) => this.name(key)).join(',')})values${this.tuples(list, keys)}`;
      }
      case 'select':
      case 'as':
      case 'returning':
        return this.selection(first, rest);
      default:
        return list.map((key) => this.name(key)).join(',');
    }
  }

  rows(first, rest) {
    const several = Array.isArray(first[0]);
    const keys = rest.length > 0 ? rest.flat() : Object.keys(several ? first[0] : first);
    return this.tuples(several ? first : [first], keys);
  }

  tuples(list, keys) {
    return list.map((row) => `(${keys.map((key) => this.part('values', row[key])).join(',')})`).join(',');
  }

  selection(first, rest) {
    if (typeof first === 'string' || Array.isArray(first))
      return [first, rest].flat(2).map((key) => this.name(key)).join(',');
    const keys = rest.length > 0 ? rest.flat() : Object.keys(first);
    return keys.map((key) => `${this.part('values', first[key])} as ${this.name(key)}`).join(',');
  }
}

module.exports = { Identifier, Builder, Composer };
