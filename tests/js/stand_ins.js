// What stands in for a browser in these tests: time that is turned by hand, storage, an element or two.

/** Time that stands still until it is turned; timers and Date.now() go by it while it runs. */
export class Clock {
  #timers = new Map(); // id -> {at, every, run}
  #ids = 0;
  #real = { Date, setTimeout, clearTimeout, setInterval, clearInterval };

  constructor(start = Date.parse("2027-01-04T09:00:00Z")) {
    this.now = start;
    const now = () => this.now;
    const add = (run, wait = 0, every = 0, given = []) => {
      this.#timers.set(++this.#ids, { at: this.now + wait, every, run: () => run(...given) });
      return this.#ids;
    };
    class StoppedDate extends Date {
      /** @override */
      static now() { return now(); }
    }
    Object.assign(globalThis, {
      Date: StoppedDate,
      setTimeout: (run, wait, ...given) => add(run, wait, 0, given),
      setInterval: (run, wait) => add(run, wait, wait),
      clearTimeout: (id) => this.#timers.delete(id),
      clearInterval: (id) => this.#timers.delete(id),
    });
  }

  /** Let this many milliseconds pass, and what was due in them happen, in order. */
  async turn(milliseconds) {
    const until = this.now + milliseconds;
    for (;;) {
      await settled(); // what is done may start another timer
      const [due] = [...this.#timers].filter(([, { at }]) => at <= until).sort(([, one], [, other]) => one.at - other.at);
      if (!due) break;
      const [id, timer] = due;
      this.now = Math.max(this.now, timer.at);
      if (timer.every) timer.at += timer.every;
      else this.#timers.delete(id);
      timer.run();
    }
    this.now = until;
  }

  stop() {
    Object.assign(globalThis, this.#real);
  }
}

/** Wait until every promise that can be kept without time is: a turn of the event loop that no clock holds up. */
export const settled = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); resolve(undefined); };
  port2.postMessage(null);
});

/** What common/link.js makes of localStorage, over a Map that several tabs may share. */
export const storageOver = (kept = new Map()) => ({
  lasting: true,
  get: (key) => kept.get(key) ?? null,
  set: (key, text) => void kept.set(key, text),
  remove: (key) => void kept.delete(key),
  keys: (start) => [...kept.keys()].filter((key) => key.startsWith(start)),
});

/** A localStorage of this page alone: what is kept are its own keys, as in a browser. */
export function layStorage() {
  const kept = {};
  const methods = {
    getItem: (key) => kept[key] ?? null,
    setItem: (key, text) => { kept[key] = String(text); },
    removeItem: (key) => { delete kept[key]; },
  };
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(kept, name, { value });
  Object.defineProperty(globalThis, "localStorage", { value: kept, configurable: true });
  return kept;
}

/** An element: attributes, text and children, and no more. */
export class Element {
  attributes = new Map();
  children = [];
  hidden = false;
  #text = "";

  constructor(tag = "div") { this.tagName = tag.toUpperCase(); }
  setAttribute(name, value) { this.attributes.set(name, String(value)); }
  getAttribute(name) { return this.attributes.get(name) ?? null; }
  removeAttribute(name) { this.attributes.delete(name); }
  append(...children) { this.children.push(...children); }
  get textContent() { return this.#text + this.children.map((child) => child.textContent ?? child).join(""); }
  set textContent(text) { [this.#text, this.children] = [text, []]; }
}

/** A page of a class, as playbook/server/cohort/static/page.js finds it, with these words. */
export function layPage(words) {
  const parts = { data: { textContent: JSON.stringify({ words, sheets: {} }) }, spoken: new Element() };
  globalThis.document = /** @type {any} */ ({
    body: { dataset: { baseUrl: "/" } },
    cookie: "_xsrf=secret",
    getElementById: (id) => parts[id] ?? null,
    querySelectorAll: () => [],
    createElement: (tag) => new Element(tag),
  });
  return parts;
}
