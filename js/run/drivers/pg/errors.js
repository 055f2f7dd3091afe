'use strict';

// `pg` calls its errors simply "error".
class DatabaseError extends Error {
  constructor(message, length, name = 'error') {
    super(message);
    this.length = length;
    this.name = name;
  }
}

const FIELDS = ['code', 'detail', 'hint', 'where', 'schema', 'table', 'column', 'constraint'];

// Fills an error that was made where the query was asked for, so that it has that place.
function filled(error, said) {
  error.message = said.message;
  error.severity = said.lost ? 'FATAL' : 'ERROR';
  for (const field of FIELDS) error[field] = said[field] || undefined;
  if (said.position) error.position = String(said.position);
  return error;
}

module.exports = { DatabaseError, filled };
