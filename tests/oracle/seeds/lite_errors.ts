import Database from 'better-sqlite3';
const db = new Database(process.env.DATABASE_FILE!);
db.prepare("insert into users (name, email) values ('a', 'a')").run();
const attempts: (() => unknown)[] = [
  () => db.prepare("insert into users (name, email) values ('b', 'a')").run(),
  () => db.prepare('insert into users (name) values (null)').run(),
  () => db.prepare("insert into posts (author_id, title) values (99, 'x')").run(),
  () => db.prepare('select * from nowhere').all(),
  () => db.prepare('selec 1'),
  () => db.prepare('select 1; select 2'),
  () => db.prepare('insert into labels (name) values (?)').run(),
  () => db.prepare('insert into labels (name) values (?)').run('a', 'b'),
  () => db.prepare('insert into labels (name) values (?)').run(true as any),
  () => db.prepare('insert into labels (name) values (@name)').run({}),
  () => db.prepare('select 1').run(),
  () => db.prepare('delete from labels').all(),
  () => db.exec('create table users (a)'),
];
for (const attempt of attempts)
  try { console.log(attempt()); } catch (error: any) { console.log(error.name, error.code, error.message); }
