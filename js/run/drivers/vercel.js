'use strict';
// The package `@vercel/postgres`.

const pg = require('./pg.js');
const process = require('../node/process.js');

const textOf = (strings) => strings.reduce((text, part, i) => `${text}$${i}${part}`);

class VercelPool extends pg.Pool {
  constructor(config = {}) {
    super({ connectionString: config.connectionString ?? process.env.POSTGRES_URL, ...config });
    this.sql = (strings, ...values) => this.query(textOf(strings), values);
  }
}

const createPool = (config) => new VercelPool(config);

function createClient(config = {}) {
  const client = new pg.Client({ connectionString: config.connectionString ?? process.env.POSTGRES_URL_NON_POOLING });
  client.sql = (strings, ...values) => client.query(textOf(strings), values);
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
