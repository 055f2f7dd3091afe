'use strict';
// The package `@vercel/postgres`.

const pg = require('./pg.js');
const process = require('../node/process.js');

class VercelPostgresError extends Error {
  constructor(code, message) {
    super(`VercelPostgresError - '${code}': ${message}`);
    this.code = code;
    this.name = 'VercelPostgresError';
  }
}

// A tagged template that `query` of a client or a pool sends.
const tag = (client) => (strings, ...values) => {
  if (!Array.isArray(strings) || !('raw' in strings))
    throw new VercelPostgresError('incorrect_tagged_template_call', `It looks like you tried to call \`sql\` as a function. Make sure to use it as a tagged template.\n\tExample: sql\`SELECT * FROM users\`, not sql('SELECT * FROM users')`);
  return client.query(strings.reduce((text, part, i) => `${text}$${i}${part}`), values);
};

class VercelPool extends pg.Pool {
  constructor(config = {}) {
    super({ connectionString: config.connectionString ?? process.env.POSTGRES_URL, ...config });
    this.sql = tag(this);
  }
  async connect() {
    const client = await super.connect();
    client.sql = tag(client);
    return client;
  }
}

const createPool = (config) => new VercelPool(config);

function createClient(config = {}) {
  const client = new pg.Client({ connectionString: config.connectionString ?? process.env.POSTGRES_URL_NON_POOLING });
  client.sql = tag(client);
  return client;
}

let pool;
const shared = () => (pool ??= createPool());
const sql = new Proxy((strings, ...values) => shared().sql(strings, ...values), {
  get(target, name) {
    const value = shared()[name];
    return typeof value === 'function' ? value.bind(shared()) : value;
  },
});

module.exports = { ...pg, sql, db: sql, createPool, createClient, VercelPool };
