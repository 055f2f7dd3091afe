import { customType, integer, sqliteTable } from 'drizzle-orm/sqlite-core';

const datetime = customType<{ data: Date; driverData: string }>({ dataType: () => 'datetime', toDriver: (value) => value.toISOString() });
const decimal = customType<{ data: string; config: { digits: number } }>({ dataType: (config) => (config ? `decimal(${config.digits})` : 'decimal') });
const vector = customType<{ data: number[]; config: { dimensions: number }; configRequired: true }>({ dataType: (config) => `F32_BLOB(${config.dimensions})` });

export const customs = sqliteTable('customs', { id: integer('id').primaryKey(), at: datetime('at').default('2024-01-01' as any), price: decimal('price', { digits: 8 }), plain: decimal('plain'), embedding: vector('embedding', { dimensions: 3 }) });
