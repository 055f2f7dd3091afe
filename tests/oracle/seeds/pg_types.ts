import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { kinds } from './schema_postgres';
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
const db = drizzle(client);
await db.insert(kinds).values({
  id: '00000000-0000-4000-8000-000000000001', small: -3, big: 9007199254740991, huge: 9223372036854775807n,
  price: '12.50', ratio: 0.25, exact: 1e-9, day: '2024-02-29', dayDate: new Date('2024-02-29T00:00:00Z'), clock: '13:14:15',
  plain: new Date('2024-02-29T10:11:12.345Z'), zoned: new Date('2024-02-29T10:11:12.345Z'), zonedText: '2024-02-29T10:11:12+02',
  span: '1 year 2 days 03:04:05', place: [1.5, -2], doc: { a: [1, null, 'x'] }, docb: [{ b: true }], numbers: [1, 2, 3], moods: ['sad', 'happy'],
});
await db.insert(kinds).values({ id: '00000000-0000-4000-8000-000000000002' });
const rows = await db.select().from(kinds).orderBy(kinds.id);
console.log(rows);
const raw = await client.query('select * from kinds order by id');
console.log(raw.rows, raw.fields.filter((f) => f.name !== 'moods').map((f) => [f.name, f.dataTypeID]), raw.rowCount, raw.command);
await client.end();
