'use strict';
// Names, most of them tame.

const WORDS = ['user', 'order', 'item', 'post', 'tag', 'price', 'city', 'note', 'kind', 'state', 'event', 'part'];
const RESERVED = ['select', 'table', 'user', 'order', 'group', 'default', 'check', 'constraint', 'references', 'constructor', 'toString', 'name', 'id', 'end'];
const LONG = 'a_name_as_long_as_a_name_can_be_which_is_sixty_three_bytes_in_all';

const HOSTILE = [
  (name) => `${name} with spaces`,
  (name) => name.replace('_', '.'),
  (name) => name.replace('_', '-'),
  (name) => `${name[0].toUpperCase()}${name.slice(1)}`,
  (name) => name.replace('_', 'X'),
  (name) => `1${name}`,
  (name) => `${name}ßüé`,
  (name) => `表_${name}`,
  (name) => `${name}$1`,
  (name) => `${name}%s`,
  (name) => `${name}\\n`,
  (name) => `${name}'s`,
  (name) => `${name};--`,
  (name) => `${name},(`,
  (name) => `${name}\`x`,
  (name) => `${name}\${x}`,
  (name) => `${name}"q`,
  (name) => `${LONG.slice(0, 62 - name.length)}_${name}`,
];

class Names {
  // `hostility` is the chance that a name is none of the tame ones.
  constructor(random, hostility) {
    this.random = random;
    this.hostility = hostility;
    this.taken = new Set();
    this.count = 0;
  }

  next() {
    const name = this.invent();
    if (this.taken.has(name.toLowerCase())) return this.next();
    this.taken.add(name.toLowerCase());
    return name;
  }

  invent() {
    const name = `${this.random.pick(WORDS)}_${++this.count}`;
    if (!this.random.chance(this.hostility)) return name;
    const change = this.random.pick(HOSTILE);
    if (change === HOSTILE.at(-1) && this.long) return name; // names made of two would be cut alike
    this.long ||= change === HOSTILE.at(-1);
    return this.random.chance(0.3) ? this.random.pick(RESERVED) : change(name);
  }
}

module.exports = { Names };
