import postgres from 'postgres';
const name = process.env.DATABASE_URL!.slice('postgresql:///'.length);
const show = async (sql: any) => {
  const [row] = await sql`select current_setting('search_path') as path, current_setting('application_name') as name, current_setting('statement_timeout') as timeout, current_database() = ${name} as here`;
  console.log({ ...row });
  await sql.end();
};
const first = postgres(process.env.DATABASE_URL!);
await first`create schema tenant`;
await first`create table tenant.notes (t text, n integer)`;
await first.end();
await show(postgres(process.env.DATABASE_URL!, { connection: { search_path: 'tenant, public', statement_timeout: 4000 } as any }));
await show(postgres(process.env.DATABASE_URL!, { connection: { application_name: 'seeder' } }));
await show(postgres('postgresql:///postgres', { database: name }));
await show(postgres({ database: name, connection: { search_path: 'tenant' } as any }));
const tenant = postgres(process.env.DATABASE_URL!, { connection: { search_path: 'tenant' } as any });
await tenant`insert into notes ${tenant([{ t: 'for the tenant' }, { t: 'half \ud83d of one' }])}`;
await tenant.end();
