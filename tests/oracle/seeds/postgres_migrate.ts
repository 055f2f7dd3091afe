import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
const main = async () => {
  const sql = postgres(process.env.DATABASE_URL as string, { max: 1, onnotice: () => {} });
  await migrate(drizzle(sql), { migrationsFolder: `${import.meta.dirname}/migrations_postgres` });
  console.log('migrated');
  await sql.end();
  process.exit(0);
};
main().catch((error) => { console.error(error); process.exit(1); });
