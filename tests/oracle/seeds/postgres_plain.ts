import postgres from 'postgres';
const sql = postgres(process.env.DATABASE_URL!);
const people = [{ name: 'a', email: 'a@x' }, { name: 'b', email: 'b@x' }];
const made = await sql`insert into users ${sql(people, 'name', 'email')} returning id, name`;
console.log(made.length, made[0], made.count, made.command, made.columns.map((c) => c.name));
await sql`update users set ${sql({ name: 'c', active: false })} where email = ${'b@x'}`;
const only = sql`where active = ${true}`;
console.log(await sql`select ${sql(['name', 'email'])} from ${sql('users')} ${only} order by id`);
console.log(await sql`select name from users where name in ${sql(['a', 'c'])} order by id`);
await sql.begin(async (tx) => {
  await tx`insert into labels (name) values ('one')`;
  await tx.savepoint(async (inner) => { await inner`insert into labels (name) values ('two')`; throw new Error('inner'); }).catch((error) => console.log(error.message));
  await tx`insert into labels (name) values ('three')`;
});
await sql.begin((tx) => [tx`insert into labels (name) values ('four')`, tx`insert into labels (name) values ('five')`]);
await sql.begin(async (tx) => { await tx`insert into labels (name) values ('never')`; throw new Error('outer'); }).catch((error) => console.log(error.message));
await sql`insert into users (name, email, settings, tags) values ('j', 'j@x', ${sql.json({ k: [1] })}, ${['x', 'y "z"']})`;
console.log(await sql`select settings, tags, 1::bigint as big, 1.5::numeric as num, 2.5::float8 as f, true as yes, null as nothing, '\\x01'::bytea as b, created_at from users where name = 'j'`);
console.log((await sql.unsafe("select 1 as a; select 'x' as b")).map((r) => [...r]));
console.log(await sql.unsafe('select $1::int + 1 as n', [4]), await sql`select name from users order by id`.values());
for await (const rows of sql`select generate_series(1, 5) as n`.cursor(2)) console.log(rows.map((r) => r.n));
try { await sql`insert into users (name, email) values ('z', 'a@x')`; } catch (error: any) { console.log(error.name, error.code, error.constraint_name, error.table_name, error.detail, error.message); }
await sql.end();
