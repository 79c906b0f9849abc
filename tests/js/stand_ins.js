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

/** A storage of this page alone: what is kept are its own keys, as in a browser. */
export function layStorage(place = "localStorage") {
  const kept = {};
  const methods = {
    getItem: (key) => kept[key] ?? null,
    setItem: (key, text) => { kept[key] = String(text); },
    removeItem: (key) => { delete kept[key]; },
  };
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(kept, name, { value });
  Object.defineProperty(globalThis, place, { value: kept, configurable: true });
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

const COMPOUND = /^([a-z]*)((?:\.[\w-]+|\[[^\]]+\]|:[a-z-]+(?:\([^)]*\))?)*)$/;

/** Whether an element is meant by a selector without blanks: tag, classes, attributes, :checked, :not(...), or several. */
function isMeant(element, selector) {
  return selector.split(/,(?![^(]*\))/).map((one) => one.trim()).some((one) => {
    const [, tag, rest] = one.match(COMPOUND) ?? assertNever(one);
    const parts = rest.match(/\.[\w-]+|\[[^\]]+\]|:[a-z-]+(?:\([^)]*\))?/g) ?? [];
    return (!tag || tag === element.tag) && parts.every((part) => hasPart(element, part));
  });
}

function hasPart(element, part) {
  if (part === ":checked") return element.checked;
  if (part.startsWith(":not(")) return !isMeant(element, part.slice(5, -1));
  if (part.startsWith(".")) return (element.given.class ?? "").split(" ").includes(part.slice(1));
  const [, name, value] = part.match(/^\[([\w-]+)(?:="?([^"]*)"?)?\]$/) ?? assertNever(part);
  return name in element.given && (value === undefined || element.given[name] === value.replaceAll("\\", ""));
}

const assertNever = (selector) => { throw new Error(`The stand-in can't read ${selector}`); };

/** An element of a form: attributes, children, what controls hold, events that bubble, and where it is. */
export class FormElement {
  /** @type {FormElement | null} */
  parent = null;
  top = 0; // on the screen
  /** @type {any} */
  selection = null;
  /** @type {[string, (event: any) => void][]} */
  listeners = [];

  /** @param {string} tag
   * @param {Record<string, string>} [given] its attributes
   * @param {FormElement[]} [children] */
  constructor(tag, given = {}, children = []) {
    this.tag = tag;
    this.given = given;
    this.children = children;
    const { value = "", type = tag === "select" ? "select-one" : "text" } = given;
    this.type = type;
    this.value = this.defaultValue = value;
    this.checked = this.defaultChecked = "checked" in given;
    const camel = (name) => name.slice(5).replace(/-(.)/g, (_, letter) => letter.toUpperCase());
    this.dataset = Object.fromEntries(Object.entries(given).filter(([name]) => name.startsWith("data-")).map(([name, text]) => [camel(name), text]));
    children.forEach((child) => { child.parent = this; });
    this.options = tag !== "select" ? [] : children.map((child) => ({ value: child.value, defaultSelected: "selected" in child.given }));
  }

  get validity() { return { patternMismatch: Boolean(this.value && this.given.pattern) && !new RegExp(`^(?:${this.given.pattern})$`, "v").test(this.value) }; }
  get isConnected() { return this.tag === "body" || Boolean(this.parent?.isConnected); }
  remove() {
    this.parent.children = this.parent.children.filter((child) => child !== this);
    this.parent = null;
  }
  matches(selector) { return isMeant(this, selector); }
  contains(other) { return Boolean(other?.closestOf((one) => one === this)); }
  closest(selector) { return this.closestOf((one) => one.matches(selector)); }
  closestOf(wanted) { return wanted(this) ? this : this.parent?.closestOf(wanted) ?? null; }
  *below() { for (const child of this.children) { yield child; yield* child.below(); } }
  querySelectorAll(selector) { return [...this.below()].filter((one) => one.matches(selector)); }
  querySelector(selector) { return this.querySelectorAll(selector)[0] ?? null; }
  getBoundingClientRect() { return { top: this.top, bottom: this.top + 20 }; }
  checkVisibility() { return !("hidden" in this.given); }
  focus() { /** @type {any} */ (globalThis.document).activeElement = this; }
  setSelectionRange(...range) { this.selection = range; }

  /** Somebody does something here: whoever listens above hears of it.
   * @param {string} kind
   * @param {any} [detail] */
  happens(kind, detail) {
    const event = Object.assign(new Event(kind), { detail });
    Object.defineProperty(event, "target", { value: this });
    this.closestOf((one) => { one.heard(event); return false; });
  }
  heard(event) { for (const [kind, run] of this.listeners) if (kind === event.type) run(event); }
  addEventListener(kind, run) { this.listeners.push([kind, run]); }
}
