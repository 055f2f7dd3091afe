import { gt } from 'drizzle-orm';
import { integer, pgTable, pgView, text } from 'drizzle-orm/pg-core';

export const people = pgTable('people', { personId: integer().primaryKey(), fullName: text(), birthYear: integer() });
export const young = pgView('young').as((qb) => qb.select({ personId: people.personId, fullName: people.fullName }).from(people).where(gt(people.birthYear, 2000)));
