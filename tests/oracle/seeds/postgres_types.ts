import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { kinds } from './schema_postgres';
const client = postgres(process.env.DATABASE_URL!);
const db = drizzle(client);
await db.insert(kinds).values({
  id: '00000000-0000-4000-8000-000000000001', small: -3, big: 9007199254740991, huge: 9223372036854775807n, price: '12.50',
  ratio: 0.25, exact: 1e-9, day: '2024-02-29', clock: '13:14:15', plain: new Date('2024-02-29T10:11:12.345Z'),
  zoned: new Date('2024-02-29T10:11:12.345Z'), zonedText: '2024-02-29T10:11:12+02', span: '2 days', place: [1.5, -2],
  doc: { a: [1, null, 'x'] }, docb: [{ b: true }], numbers: [1, 2, 3], moods: ['sad', 'happy'],
});
console.log(await db.select().from(kinds));
await client.end();
