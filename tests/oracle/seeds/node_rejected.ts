import Database from 'better-sqlite3';
const db = new Database(process.env.DATABASE_FILE!);
process.on('unhandledRejection', (reason: any) => { db.prepare('insert into labels (name) values (?)').run(`caught ${reason.message}`); process.exit(4); });
setTimeout(() => db.prepare('insert into labels (name) values (?)').run('too late'), 50);
Promise.reject(new Error('nobody'));
