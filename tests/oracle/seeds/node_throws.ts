import Database from 'better-sqlite3';
const db = new Database(process.env.DATABASE_FILE!);
async function seed() {
  db.prepare("insert into labels (name) values ('before')").run();
  await new Promise((resolve) => setTimeout(resolve, 1));
  throw new Error('half way');
}
seed();
