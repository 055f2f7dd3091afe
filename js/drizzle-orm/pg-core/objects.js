'use strict';
// What a PostgreSQL schema holds besides tables, views and enums.

const { entity } = require('../entity.js');
const { origin } = require('../../origin.js');

class PgSequence {
  constructor(seqName, seqOptions, schema) {
    this.seqName = seqName;
    this.seqOptions = seqOptions;
    this.schema = schema;
    this.origin = origin();
  }
}
entity('PgSequence', PgSequence);

function pgSequenceWithSchema(name, options, schema) {
  return new PgSequence(name, options, schema);
}

class PgRole {
  constructor(name, config) {
    this.name = name;
    this.createDb = config?.createDb;
    this.createRole = config?.createRole;
    this.inherit = config?.inherit;
    this._existing = undefined;
    this.origin = origin();
  }
  existing() {
    this._existing = true;
    return this;
  }
}
entity('PgRole', PgRole);

class PgPolicy {
  constructor(name, config) {
    this.name = name;
    this.as = config?.as;
    this.for = config?.for;
    this.to = config?.to;
    this.using = config?.using;
    this.withCheck = config?.withCheck;
    this._linkedTable = undefined;
    this.origin = origin();
  }
  link(table) {
    this._linkedTable = table;
    return this;
  }
}
entity('PgPolicy', PgPolicy);

module.exports = {
  PgSequence,
  pgSequenceWithSchema,
  pgSequence: (name, options) => pgSequenceWithSchema(name, options, undefined),
  isPgSequence: (value) => value instanceof PgSequence,
  PgRole,
  pgRole: (name, config) => new PgRole(name, config),
  PgPolicy,
  pgPolicy: (name, config) => new PgPolicy(name, config),
};
