const fs = require('node:fs');
const fsp = require('node:fs/promises');
const path = require('node:path');
const { EOL } = require('node:os');
const Database = require('better-sqlite3');
(async () => {
  const folder = path.join(process.env.WORK_FOLDER, 'made');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'a.txt'), 'one' + EOL);
  fs.appendFileSync(path.join(folder, 'a.txt'), 'two');
  await fsp.writeFile(path.join(folder, 'b.bin'), Buffer.from([0, 1, 254, 255]));
  console.log(fs.readFileSync(path.join(folder, 'a.txt'), 'utf8'), await fsp.readFile(path.join(folder, 'b.bin')));
  console.log(fs.readdirSync(folder).sort(), fs.existsSync(path.join(folder, 'c')), fs.statSync(path.join(folder, 'b.bin')).size);
  fs.renameSync(path.join(folder, 'a.txt'), path.join(folder, 'c.txt'));
  fs.rmSync(path.join(folder, 'b.bin'));
  console.log(await fsp.readdir(folder));
  try { fs.readFileSync(path.join(folder, 'nothing')); } catch (error) { console.log(error.code); }
  fs.readFile(path.join(folder, 'c.txt'), 'utf8', (error, text) => {
    const db = new Database(process.env.DATABASE_FILE);
    for (const line of text.split('\n')) db.prepare('insert into labels (name) values (?)').run(line);
    fs.rmSync(folder, { recursive: true });
  });
})();
