import { sql } from 'drizzle-orm';
import { customType, index, integer, pgTable } from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const citext = customType<{ data: string }>({ dataType() { return 'citext'; } });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });
const money = customType<{ data: number; driverData: string; config: { precision: number } }>({
  dataType(config) { return config ? `numeric(${config.precision}, 2)` : 'numeric'; },
});
const prefixed = customType<{ data: string; config: { length: number }; configRequired: true }>({ dataType: (config) => `varchar(${config.length})` });

export const customs = pgTable('customs', {
  id: integer('id').primaryKey(),
  bytes: bytea('bytes').notNull(),
  email: citext('email').notNull().unique(),
  search: tsvector('search').generatedAlwaysAs(sql`to_tsvector('simple', 'x')`),
  price: money('price', { precision: 10 }).default(9.5),
  plain: money('plain'),
  unnamed: prefixed({ length: 20 }).default("it's"),
  list: citext('list').array(),
  more: citext('more'),
}, (t) => [index('customs_search').using('gin', t.search)]);
