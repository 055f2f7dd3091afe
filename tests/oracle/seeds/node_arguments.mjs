import { parseArgs } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import tty from 'node:tty';
import Database from 'better-sqlite3';
const options = { count: { type: 'string', short: 'c', default: '3' }, force: { type: 'boolean' }, tag: { type: 'string', multiple: true } };
const read = (args, more) => { try { return JSON.stringify(parseArgs({ args, options, ...more })); } catch (error) { return error.code; } };
console.log(read([]), read(['-c', '5', '--force', '--tag', 'a', '--tag=b']), read(['--nope']), read(['x']), read(['x', '--', '--y'], { allowPositionals: true }), read(['--count']));
console.log(isMainThread, tty.isatty(1));
new Database(process.env.DATABASE_FILE).prepare('insert into labels (name) values (?)').run(parseArgs({ args: [], options }).values.count);
