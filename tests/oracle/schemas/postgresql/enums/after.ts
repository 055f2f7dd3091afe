import { integer, pgEnum, pgSchema, pgTable, text } from 'drizzle-orm/pg-core';

export const color = pgEnum('color', ['black', 'red', 'yellow', 'green', 'white']);
export const size = pgEnum('size', { Small: 'S', Large: 'L' });
export const app = pgSchema('app');
export const grade = app.enum('grade', ['a', 'b', 'c']);
export const unused = pgEnum('unused', ['x']);
export const fresh = pgEnum('fresh', ['one', 'two']);

export const shirts = pgTable('shirts', {
  id: integer('id').primaryKey(),
  color: color('color').notNull().default('green'),
  colors: color('colors').array(),
  size: size('size').default('S'),
  grade: grade('grade').default('b'),
  fresh: fresh('fresh'),
});
export const labels = app.table('labels', { color: color('color'), grade: grade(), text: text('text') });
