import { integer, pgEnum, pgSchema, pgTable, text } from 'drizzle-orm/pg-core';

export const color = pgEnum('color', ['red', 'green']);
export const size = pgEnum('size', { Small: 'S', Large: 'L' });
export const app = pgSchema('app');
export const grade = app.enum('grade', ['a', 'b']);
export const unused = pgEnum('unused', ['x']);

export const shirts = pgTable('shirts', {
  id: integer('id').primaryKey(),
  color: color('color').notNull().default('red'),
  colors: color('colors').array(),
  size: size('size').default('S'),
  grade: grade('grade').default('a'),
});
export const labels = app.table('labels', { color: color('color'), grade: grade(), text: text('text') });
