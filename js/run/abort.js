'use strict';
// Events of the web, as far as aborting goes.

class Event {
  constructor(type, options = {}) {
    Object.assign(this, options, { type });
  }
}

class EventTarget {
  #listeners = new Map();

  addEventListener(type, listener) {
    if (!this.#listeners.has(type)) this.#listeners.set(type, new Set());
    this.#listeners.get(type).add(listener);
  }
  removeEventListener(type, listener) {
    this.#listeners.get(type)?.delete(listener);
  }
  dispatchEvent(event) {
    event.target = this;
    for (const listener of this.#listeners.get(event.type) ?? [])
      (listener.handleEvent ?? listener).call(this, event);
    this[`on${event.type}`]?.(event);
    return true;
  }
}

class AbortSignal extends EventTarget {
  aborted = false;
  reason = undefined;

  throwIfAborted() {
    if (this.aborted) throw this.reason;
  }
  static abort(reason) {
    const controller = new AbortController();
    controller.abort(reason);
    return controller.signal;
  }
  static timeout(time) {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('The operation timed out')), time).unref();
    return controller.signal;
  }
}

class AbortController {
  signal = new AbortSignal();

  abort(reason = Object.assign(new Error('This operation was aborted'), { name: 'AbortError' })) {
    if (this.signal.aborted) return;
    Object.assign(this.signal, { aborted: true, reason });
    this.signal.dispatchEvent(new Event('abort'));
  }
}

module.exports = { Event, EventTarget, AbortSignal, AbortController };
