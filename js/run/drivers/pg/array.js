'use strict';
// PostgreSQL's text of an array: {1,2}, {"a,b",NULL}, {{1},{2}}, [0:1]={1,2}.

function parseArray(text, parse = (value) => value) {
  let at = text.startsWith('[') ? text.indexOf('=') + 1 : 0;

  function list() {
    const out = [];
    at++; // {
    while (at < text.length && text[at] !== '}') {
      if (text[at] === ',') at++;
      else out.push(text[at] === '{' ? list() : item());
    }
    at++; // }
    return out;
  }

  function item() {
    if (text[at] !== '"') {
      const start = at;
      while (at < text.length && text[at] !== ',' && text[at] !== '}') at++;
      const plain = text.slice(start, at);
      return plain === 'NULL' ? null : parse(plain);
    }
    let value = '';
    for (at++; text[at] !== '"'; at++) {
      if (text[at] === '\\') at++;
      value += text[at];
    }
    at++;
    return parse(value);
  }

  return list();
}

module.exports = { parseArray };
