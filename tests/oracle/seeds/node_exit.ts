import Database from 'better-sqlite3';
const db = new Database(process.env.DATABASE_FILE!);
db.prepare("insert into labels (name) values ('first')").run();
Promise.resolve().then(() => db.prepare("insert into labels (name) values ('never')").run());
process.exit(7);
