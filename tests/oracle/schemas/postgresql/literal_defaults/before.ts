// Defaults that Drizzle Kit cannot write.
import { doublePrecision, integer, json, jsonb, line, pgTable, point, text } from 'drizzle-orm/pg-core';

export const literals = pgTable('literals', {
  id: integer('id').primaryKey(),
  quote: jsonb('quote').default({ say: "it's" }),
  word: json('word').default('word'),
  point: point('point').default([1, 2]),
  pointXy: point('point_xy', { mode: 'xy' }).default({ x: 1, y: 2 }),
  line: line('line').default([1, 2, 3]),
  lineAbc: line('line_abc', { mode: 'abc' }).default({ a: 1, b: 2, c: 3 }),
  nan: doublePrecision('nan').default(NaN),
  infinity: doublePrecision('infinity').default(Infinity),
  quotes: text('quotes').array().default(['say "hi"', "it's", 'back\\slash', 'a,b', '']),
  points: point('points').array().default([[1, 2], [3, 4]]),
  jsons: jsonb('jsons').array().default([{ a: "it's" }]),
});
