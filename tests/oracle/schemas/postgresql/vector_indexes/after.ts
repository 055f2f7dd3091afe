import { sql } from 'drizzle-orm';
import { bigserial, bit, halfvec, index, pgSchema, pgTable, sparsevec, text, vector } from 'drizzle-orm/pg-core';

export const search = pgSchema('search');

export const documents = pgTable('documents', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  body: text('body').notNull(),
  embedding: vector('embedding', { dimensions: 8 }).notNull(),
  half: halfvec('half', { dimensions: 8 }),
  sparse: sparsevec('sparse', { dimensions: 100 }).default('{1:1}/100'),
  hash: bit('hash', { dimensions: 16 }).notNull().default('0000000000000000'),
}, (t) => [
  index('documents_cosine').using('hnsw', t.embedding.op('vector_cosine_ops')).with({ m: 4 }),
  index('documents_ip').using('ivfflat', t.embedding.op('vector_ip_ops')).with({ lists: 10 }),
  index('documents_half').using('hnsw', t.half.op('halfvec_cosine_ops')).where(sql`${t.half} is not null`),
  index('documents_hash').using('hnsw', t.hash.op('bit_jaccard_ops')),
]);

export const chunks = search.table('chunks', {
  id: bigserial('id', { mode: 'bigint' }).primaryKey(),
  embedding: vector('embedding', { dimensions: 4 }).notNull().default(sql`'[1,2,3,4]'`),
}, (t) => [index().using('hnsw', t.embedding.op('vector_l1_ops'))]);
