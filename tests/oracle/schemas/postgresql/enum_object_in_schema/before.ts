// An enum made from an object, in a schema: Drizzle Kit writes the type without it.
import { integer, pgSchema } from 'drizzle-orm/pg-core';

export const app = pgSchema('app');
export const level = app.enum('level', { Low: 'low', High: 'high' });
export const alarms = app.table('alarms', { id: integer('id').primaryKey(), level: level('level').default('low') });
