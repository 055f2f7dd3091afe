import {
  bigint, bigserial, boolean, char, cidr, date, doublePrecision, inet, integer, interval, json,
  jsonb, line, macaddr, macaddr8, numeric, decimal, pgEnum, pgTable, point, real, serial, smallint,
  smallserial, text, time, timestamp, uuid, varchar,
} from 'drizzle-orm/pg-core';

export const mood = pgEnum('mood', ['sad', 'ok', 'happy']);

export const numbers = pgTable('numbers', {
  id: serial('id').primaryKey(),
  small: smallint('small'),
  int: integer('int').notNull(),
  big: bigint('big', { mode: 'number' }),
  huge: bigint('huge', { mode: 'bigint' }),
  smallSerial: smallserial('small_serial'),
  bigSerial: bigserial('big_serial', { mode: 'number' }),
  hugeSerial: bigserial('huge_serial', { mode: 'bigint' }),
  real: real('real'),
  double: doublePrecision('double'),
  plain: numeric('plain'),
  precise: numeric('precise', { precision: 10 }),
  scaled: numeric('scaled', { precision: 10, scale: 2 }),
  scaledZero: numeric('scaled_zero', { precision: 6, scale: 0 }),
  onlyScale: numeric('only_scale', { scale: 2 }),
  asNumber: numeric('as_number', { precision: 5, scale: 1, mode: 'number' }),
  asBigint: decimal('as_bigint', { precision: 30, mode: 'bigint' }),
});

export const texts = pgTable('texts', {
  id: uuid('id').primaryKey().defaultRandom(),
  text: text('text'),
  textEnum: text('text_enum', { enum: ['a', 'b'] }),
  varchar: varchar('varchar'),
  varcharLength: varchar('varchar_length', { length: 255 }),
  varcharEnum: varchar('varchar_enum', { length: 5, enum: ['x', 'y'] }),
  char: char('char'),
  charLength: char('char_length', { length: 10 }),
  boolean: boolean('boolean'),
  json: json('json'),
  jsonb: jsonb('jsonb').$type<{ a: number }>(),
  mood: mood('mood'),
  cidr: cidr('cidr'),
  inet: inet('inet'),
  macaddr: macaddr('macaddr'),
  macaddr8: macaddr8('macaddr8'),
});

export const times = pgTable('times', {
  date: date('date'),
  dateAsDate: date('date_as_date', { mode: 'date' }),
  time: time('time'),
  timePrecise: time('time_precise', { precision: 3 }),
  timeZone: time('time_zone', { withTimezone: true }),
  timeBoth: time('time_both', { precision: 0, withTimezone: true }),
  timestamp: timestamp('timestamp'),
  timestampPrecise: timestamp('timestamp_precise', { precision: 6 }),
  timestampZone: timestamp('timestamp_zone', { withTimezone: true }),
  timestampBoth: timestamp('timestamp_both', { precision: 3, withTimezone: true }),
  timestampString: timestamp('timestamp_string', { mode: 'string' }),
  timestampStringBoth: timestamp('timestamp_string_both', {
    mode: 'string', precision: 3, withTimezone: true,
  }),
  interval: interval('interval'),
  intervalFields: interval('interval_fields', { fields: 'day' }),
  intervalPrecise: interval('interval_precise', { precision: 6 }),
  intervalBoth: interval('interval_both', { fields: 'second', precision: 3 }),
  intervalZero: interval('interval_zero', { precision: 0 }),
});

export const shapes = pgTable('shapes', {
  point: point('point'),
  pointXy: point('point_xy', { mode: 'xy' }),
  line: line('line'),
  lineAbc: line('line_abc', { mode: 'abc' }),
});
