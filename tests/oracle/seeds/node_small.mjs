// Small parts of Node that scripts use.
import { once, EventEmitter } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
mkdirSync('data/of/rows', { recursive: true });
writeFileSync('data/one.json', '1');
writeFileSync('data/of/two.json', '2');
writeFileSync('data/of/rows/three.json', '3');
console.log(readdirSync('data', { recursive: true }).sort());
console.log(readdirSync('data', { recursive: true, withFileTypes: true }).map((entry) => `${entry.name} ${entry.isFile()}`).sort());
console.table([{ a: 1, b: 'x' }, { a: 2, b: 'y' }], ['b']);
console.log(Buffer.compare(Buffer.from('abc'), Buffer.from('abd')), Buffer.from('b').compare(Buffer.from('abd')), Buffer.compare(Buffer.from('ab'), Buffer.from('abc')));
const bytes = Buffer.alloc(16);
bytes.writeUInt32BE(0xdeadbeef, 0);
bytes.writeDoubleLE(1.5, 4);
console.log(bytes.readUInt16BE(0), bytes.readInt8(1), bytes.readDoubleLE(4), bytes.readBigUInt64BE(0), bytes.readUint32LE(0));
const emitter = new EventEmitter();
setTimeout(() => emitter.emit('ready', 1, 2), 1);
console.log(await once(emitter, 'ready'));
try {
  emitter.emit('error', new Error('nobody listens'));
} catch (error) {
  console.log(error.message);
}
