'use strict';

class AsyncLocalStorage {
  #store;

  run(store, action, ...parameters) {
    const before = this.#store;
    this.#store = store;
    try {
      return action(...parameters);
    } finally {
      this.#store = before;
    }
  }
  getStore() {
    return this.#store;
  }
  enterWith(store) {
    this.#store = store;
  }
  exit(action, ...parameters) {
    return this.run(undefined, action, ...parameters);
  }
  disable() {}
}

module.exports = { AsyncLocalStorage };
