import { sql } from 'drizzle-orm';
import { bigserial, bit, halfvec, index, pgSchema, pgTable, sparsevec, text, vector } from 'drizzle-orm/pg-core';

export const search = pgSchema('search');

export const documents = pgTable('documents', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  body: text('body').notNull(),
  embedding: vector('embedding', { dimensions: 8 }).notNull(),
  half: halfvec('half', { dimensions: 8 }),
  sparse: sparsevec('sparse', { dimensions: 100 }),
  hash: bit('hash', { dimensions: 16 }),
}, (t) => [
  index('documents_cosine').using('hnsw', t.embedding.op('vector_cosine_ops')),
  index('documents_l2').using('hnsw', t.embedding.op('vector_l2_ops')).with({ m: 8, ef_construction: 32 }),
  index('documents_half').using('hnsw', t.half.op('halfvec_ip_ops')),
  index('documents_sparse').using('hnsw', t.sparse.op('sparsevec_l2_ops')),
  index('documents_hash').using('hnsw', t.hash.op('bit_hamming_ops')),
]);

export const chunks = search.table('chunks', {
  id: bigserial('id', { mode: 'bigint' }).primaryKey(),
  embedding: vector('embedding', { dimensions: 4 }).default(sql`'[0,0,0,0]'`),
});
