'use strict';

class EventEmitter {
  #listeners = new Map();

  on(name, listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener]);
    return this;
  }
  addListener(name, listener) {
    return this.on(name, listener);
  }
  once(name, listener) {
    const once = (...values) => {
      this.off(name, once);
      listener.apply(this, values);
    };
    once.listener = listener;
    return this.on(name, once);
  }
  off(name, listener) {
    const others = (this.#listeners.get(name) ?? []).filter((known) => known !== listener && known.listener !== listener);
    this.#listeners.set(name, others);
    return this;
  }
  removeListener(name, listener) {
    return this.off(name, listener);
  }
  removeAllListeners(name) {
    if (name === undefined) this.#listeners.clear();
    else this.#listeners.delete(name);
    return this;
  }
  emit(name, ...values) {
    const listeners = this.#listeners.get(name) ?? [];
    if (name === 'error' && listeners.length === 0)
      throw values[0] instanceof Error ? values[0] : new Error(`Unhandled error. (${values[0]})`);
    for (const listener of listeners) listener.apply(this, values);
    return listeners.length > 0;
  }
  listenerCount(name) {
    return (this.#listeners.get(name) ?? []).length;
  }
  setMaxListeners() {
    return this;
  }
}

module.exports = EventEmitter;
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.default = EventEmitter;

// A promise of the next time, which an 'error' before it rejects.
EventEmitter.once = (emitter, name) =>
  new Promise((resolve, reject) => {
    const failed = (error) => {
      emitter.off(name, arrived);
      reject(error);
    };
    const arrived = (...values) => {
      emitter.off('error', failed);
      resolve(values);
    };
    emitter.once(name, arrived);
    if (name !== 'error') emitter.once('error', failed);
  });
