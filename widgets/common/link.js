// The line between a widget and its kernel, and what the browser keeps for us.
import { uuid } from "./dom.js";

const BEAT_MS = 5_000;
const SILENCE_MS = 10_000;
const PATIENCE_MS = 30_000; // for one answer while others arrive
const LOOK_MS = 500;
const LARGEST = 500_000; // bytes; the server lets no larger message pass, and nobody would answer it

/** A file's bytes as a message may carry them. */
export function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}

/** Messages to and from the kernel over `model`.
 *
 * onLine(connected) is told when silence has lasted for ten seconds, and when it ends; `noAnswer` is
 * what a question then fails with. What is larger than a server takes is refused here, with `tooLarge`. */
export class Link {
  #listeners = new Map(); // type of message -> callback
  #asks = new Map(); // id of a question under way -> {resolve, reject, since}
  #waitingSince = null;
  #timers = [];
  #hear = (message) => this.#receive(message);

  constructor(model, { onLine, noAnswer, tooLarge }) {
    this.model = model;
    this.onLine = onLine;
    this.noAnswer = noAnswer;
    this.tooLarge = tooLarge;
    this.connected = true;
    model.on("msg:custom", this.#hear);
  }

  /** Say message() now and every five seconds. */
  start(message) {
    const say = () => this.send(message());
    say();
    this.#timers = [setInterval(say, BEAT_MS), setInterval(() => this.#look(), LOOK_MS)];
  }

  stop() {
    this.#timers.forEach(clearInterval);
    this.model.off("msg:custom", this.#hear);
  }

  on(type, callback) {
    this.#listeners.set(type, callback);
  }

  send(message) {
    if (isTooLarge(message)) {
      const refused = { text: this.tooLarge, op_id: message.op?.op_id, id: message.id, ok: false, status: "refused" };
      queueMicrotask(() => this.#receive({ type: message.type === "op" ? "ack" : "reply", ...refused }));
      return;
    }
    this.#waitingSince ??= Date.now();
    try {
      this.model.send(message);
    } catch {
      // A comm that is closed; the silence that follows is what people are told about.
    }
  }

  /** A promise of the reply; an Error with the sentence to show when there is none, or a refusal. */
  ask(what, args = {}) {
    const id = uuid(); // another view of the same model hears the replies too
    return new Promise((resolve, reject) => {
      this.#asks.set(id, { resolve, reject, since: Date.now() });
      this.send({ ...args, type: "ask", id, what });
    });
  }

  /** End every question under way with `text`; whether there was one. */
  fail(text) {
    const open = [...this.#asks.keys()];
    for (const id of open) this.#settle(id, { ok: false, text });
    return open.length > 0;
  }

  #receive(message) {
    this.#waitingSince = null;
    if (message?.type === "reply" && this.#asks.has(message.id)) this.#settle(message.id, message);
    else this.#listeners.get(message?.type)?.(message);
    this.#turn(message?.type !== "offline"); // said by a page that nobody answers
  }

  #settle(id, reply) {
    const { resolve, reject } = this.#asks.get(id);
    this.#asks.delete(id);
    if (reply.ok) resolve(reply);
    else reject(new Error(reply.text));
  }

  #turn(connected) {
    if (connected === this.connected) return;
    this.connected = connected;
    this.onLine(connected);
  }

  #look() {
    const silent = this.#waitingSince !== null && Date.now() - this.#waitingSince >= SILENCE_MS;
    if (silent) this.#turn(false);
    for (const [id, { since }] of [...this.#asks])
      if (silent || Date.now() - since >= PATIENCE_MS) this.#settle(id, { ok: false, text: this.noAnswer });
  }
}

/** localStorage or sessionStorage as a Map; a Map alone where the browser allows neither.
 *
 * `lasting` says whether what is put in survives the page. */
export function makeStorage(name) {
  const kept = new Map();
  let store = null;
  try {
    store = globalThis[name];
    store.setItem("pb:try", "1");
    store.removeItem("pb:try");
  } catch {
    store = null;
  }
  const put = (key, text) => {
    try {
      store.setItem(key, text);
    } catch {
      kept.set(key, text); // full: better in this page than nowhere
    }
  };
  return {
    lasting: store !== null,
    get: (key) => kept.get(key) ?? store?.getItem(key) ?? null,
    set: (key, text) => (store ? put(key, text) : void kept.set(key, text)),
    remove: (key) => { kept.delete(key); store?.removeItem(key); },
    keys: (start) => [...new Set([...kept.keys(), ...Object.keys(store ?? {})])].filter((key) => key.startsWith(start)),
  };
}

/** Hand the person a file: {name, mime, text}. */
export const giveFile = ({ name, mime, text }) => giveBlob(name, new Blob([text], { type: `${mime};charset=utf-8` }));

/** The same for what is not text. */
export function giveBlob(name, blob) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  [link.href, link.download] = [url, name];
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** What the kernel is told about the page: the name it was reached by, and what shows it. */
export function pageFacts() {
  return { host: location.hostname, app: document.body.dataset.voila ? "voila" : hasLab() ? "lab" : "other" };
}

function isTooLarge(message) {
  if (pageFacts().app !== "voila") return false; // JupyterLab's server takes whatever comes
  const text = JSON.stringify(message);
  return text.length * 3 > LARGEST && new TextEncoder().encode(text).length > LARGEST;
}

function hasLab() {
  return document.querySelector("#jupyter-config-data")?.textContent.includes('"appUrl"') ?? false;
}
