// Drizzle Kit lets an index made with onOnly() change the order of later ones.
import { index, integer, pgTable } from 'drizzle-orm/pg-core';

export const rows = pgTable('rows', { id: integer('id').primaryKey(), a: integer('a') }, (t) => [
  index('rows_first').onOnly(t.a),
  index('rows_second').on(t.a.desc()),
  index('rows_third').on(t.a),
]);
