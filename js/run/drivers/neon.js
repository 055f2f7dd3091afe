'use strict';
// The package `@neondatabase/serverless`: its Pool and Client are those of pg; `neon` is a
// tagged query over a pool of its own.

const pg = require('./pg.js');

// Sent when somebody waits for it, or by `transaction` together with others.
class NeonQuery {
  constructor(text, values, options, send) {
    Object.assign(this, { text, values, options, send });
  }
  get answer() {
    this.sent ??= this.send(this);
    return this.sent;
  }
  then(done, failed) {
    return this.answer.then(done, failed);
  }
  catch(failed) {
    return this.answer.catch(failed);
  }
  finally(done) {
    return this.answer.finally(done);
  }
}
Object.defineProperty(NeonQuery.prototype, Symbol.toStringTag, { value: 'NeonQueryPromise' });

function beginning({ isolationLevel, readOnly, deferrable }) {
  const level = isolationLevel ? ` isolation level ${isolationLevel.replace(/(?!^)(?=[A-Z])/g, ' ')}` : '';
  return `begin${level}${readOnly ? ' read only' : ''}${deferrable ? ' deferrable' : ''}`;
}

function neon(url, settings = {}) {
  const pool = new pg.Pool({ connectionString: url, max: 4 });

  async function perform(client, { text, values, options }) {
    const { arrayMode = false, fullResults = false, types } = { ...settings, ...options };
    const result = await client
      .query({ text, values, rowMode: arrayMode ? 'array' : undefined, types })
      .catch((error) => {
        throw NeonDbError.of(error);
      });
    return fullResults ? result : result.rows;
  }

  const query = (text, values = [], options = {}) =>
    new NeonQuery(text, values, options, (made) => perform(pool, made));

  function sql(strings, ...values) {
    if (typeof strings === 'string') return query(strings, values[0], values[1]);
    return query(strings.reduce((text, part, i) => `${text}$${i}${part}`), values);
  }

  async function transaction(given, options = {}) {
    const list = typeof given === 'function' ? given(sql) : given;
    if (!Array.isArray(list) || !list.every((one) => one instanceof NeonQuery))
      throw new Error('transaction() expects an array of queries, or a function returning an array of queries');
    const client = await pool.connect();
    try {
      await client.query(beginning({ ...settings, ...options }));
      const results = [];
      for (const one of list) results.push(await perform(client, { ...one, options: { ...options, ...one.options } }));
      await client.query('commit');
      return results;
    } catch (error) {
      await client.query('rollback').catch(() => {});
      throw error;
    } finally {
      client.release();
    }
  }

  return Object.assign(sql, { query, transaction, unsafe: (text) => ({ sql: text }) });
}

// What the server said, as the package names it.
class NeonDbError extends Error {
  name = 'NeonDbError';
  static of(error) {
    return Object.setPrototypeOf(Object.assign(error, { name: 'NeonDbError' }), NeonDbError.prototype);
  }
}

module.exports = { ...pg, neon, neonConfig: {}, NeonDbError };
