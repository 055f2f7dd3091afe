'use strict';
// Random choices that are the same for the same seed, on every machine.

class Random {
  constructor(seed) {
    this.state = (seed * 0x9e3779b1 + 0x85ebca6b) >>> 0;
    for (let i = 0; i < 4; i++) this.next();
  }
  // mulberry32
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }
  int(least, most) {
    return least + Math.floor(this.next() * (most - least + 1));
  }
  chance(probability) {
    return this.next() < probability;
  }
  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }
  // Between `least` and `most` different ones, in a random order.
  some(list, least, most) {
    const rest = [...list];
    const found = [];
    for (let n = Math.min(this.int(least, most), rest.length); n > 0; n--)
      found.push(...rest.splice(Math.floor(this.next() * rest.length), 1));
    return found;
  }
}

module.exports = { Random };
