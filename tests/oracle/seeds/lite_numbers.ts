import Database from 'better-sqlite3';
const client = new Database(process.env.DATABASE_FILE!);
client.exec('create table numbers (id integer primary key, r real, i integer)');
const put = client.prepare('insert into numbers (r, i) values (?, ?)');
for (const [r, i] of [[1, 1n], [1e20, 2n], [-0, 3n], [0.5, 9007199254740993n], [5, -9223372036854775808n]] as const) put.run(r, i);
console.log(client.prepare('select r from numbers').pluck().all(), client.prepare('select r, i from numbers').safeIntegers().raw().all());
const text = client.prepare('select ? as t').pluck();
console.log(text.get('a \\ud83d that is text'), text.get('whole 😀'));
client.close();
