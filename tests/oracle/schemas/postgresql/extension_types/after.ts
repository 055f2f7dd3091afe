import { bit, geometry, halfvec, index, integer, pgTable, sparsevec, vector } from 'drizzle-orm/pg-core';

export const embeddings = pgTable('embeddings', {
  id: integer('id').primaryKey(),
  vector: vector('vector', { dimensions: 4 }),
  half: halfvec('half', { dimensions: 3 }),
  sparse: sparsevec('sparse', { dimensions: 5 }).default('{1:3,3:2}/5'),
  bits: bit('bits', { dimensions: 3 }).default('101'),
  unnamed: vector({ dimensions: 2 }),
  place: geometry('place', { type: 'point', mode: 'xy', srid: 4326 }),
  tuple: geometry('tuple', { type: 'point', mode: 'tuple' }),
}, (t) => [
  index('embeddings_vector').using('ivfflat', t.vector.op('vector_l2_ops')).with({ lists: 100 }),
  index('embeddings_place').using('gist', t.place),
]);
