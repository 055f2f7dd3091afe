import postgres from 'postgres';
const sql = postgres(process.env.DATABASE_URL!);
const [row] = await sql`select ${sql.array([1, 2], 23)} as numbers, ${true} as yes, ${sql.json({ a: 1 })} as doc, ${12n} as big, ${sql.array(['x', 'y "z"'])} as texts`;
console.log({ ...row });
console.log({ ...(await sql`select jsonb_build_object('ok', ${true}, 'at', ${new Date(0)}) as built`)[0] });
console.log({ ...(await sql`select ${new Date(0)} + interval '1 day' as next, pg_typeof(${new Date(0)}) as type`)[0] });
console.log({ ...(await sql`select concat('a', ${'b'}::text, ${3n}) as text, ${1}::int + 1 as sum`)[0] });
console.log({ ...(await sql.unsafe('select $1::text as text, $2 as yes', ['a', false]))[0] });
await sql.end();
