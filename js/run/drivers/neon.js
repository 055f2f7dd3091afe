'use strict';
// The package `@neondatabase/serverless`: its Pool and Client are those of pg; `neon` is a
// tagged query over a pool of its own.

const pg = require('./pg.js');

function neon(url, { arrayMode = false, fullResults = false } = {}) {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  async function query(text, values = [], options = {}) {
    const array = options.arrayMode ?? arrayMode;
    const result = await pool.query({ text, values, rowMode: array ? 'array' : undefined, types: options.types });
    return (options.fullResults ?? fullResults) ? result : result.rows;
  }
  function sql(strings, ...values) {
    if (typeof strings === 'string') return query(strings, values[0], values[1]);
    return query(strings.reduce((text, part, i) => `${text}$${i}${part}`), values);
  }
  sql.query = query;
  sql.unsafe = (text) => ({ sql: text });
  sql.transaction = async (list) => {
    const results = [];
    for (const one of typeof list === 'function' ? list(sql) : list) results.push(await one);
    return results;
  };
  return sql;
}

class NeonDbError extends Error {}

module.exports = { ...pg, neon, neonConfig: {}, NeonDbError };
