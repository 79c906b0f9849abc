// The line between a widget and its kernel, and what the browser keeps for us.
import { uuid } from "./dom.js";

const BEAT_MS = 5_000;
const SILENCE_MS = 10_000;
const PATIENCE_MS = 30_000; // for one answer while others arrive
const LOOK_MS = 500;

/** Messages to and from the kernel over `model`.
 *
 * on(type, callback) listens; ask(what, args) is a promise of the reply; start(hello, beat) says hello
 * until somebody answers and beats from then on. onLine(connected) is told when silence has lasted
 * for ten seconds, and when it ends. */
export function makeLink(model, { onLine, noAnswer }) {
  const listeners = new Map();
  const asks = new Map();
  let waitingSince = null, connected = true, timers = [];

  function send(message) {
    waitingSince ??= Date.now();
    try {
      model.send(message);
    } catch {
      // A comm that is closed; the silence that follows is what people are told about.
    }
  }

  function receive(message) {
    waitingSince = null;
    if (message?.type === "reply" && asks.has(message.id)) settle(message.id, message);
    else listeners.get(message?.type)?.(message);
    line(true);
  }

  function settle(id, reply) {
    const { resolve, reject } = asks.get(id);
    asks.delete(id);
    if (reply.ok) resolve(reply);
    else reject(new Error(reply.text));
  }

  function line(now) {
    if (now === connected) return;
    connected = now;
    onLine(now);
  }

  function look() {
    const silent = waitingSince !== null && Date.now() - waitingSince >= SILENCE_MS;
    if (silent) line(false);
    for (const [id, { since }] of [...asks])
      if (silent || Date.now() - since >= PATIENCE_MS) settle(id, { ok: false, text: noAnswer });
  }

  model.on("msg:custom", receive);
  return {
    send,
    on: (type, callback) => listeners.set(type, callback),
    get connected() { return connected; },
    /** End every question under way with `text`; whether there was one. */
    fail(text) {
      const open = [...asks.keys()];
      for (const id of open) settle(id, { ok: false, text });
      return open.length > 0;
    },
    ask(what, args = {}) {
      const id = uuid(); // another view of the same model hears the replies too
      return new Promise((resolve, reject) => {
        asks.set(id, { resolve, reject, since: Date.now() });
        send({ ...args, type: "ask", id, what });
      });
    },
    start(message) {
      send(message());
      timers = [setInterval(() => send(message()), BEAT_MS), setInterval(look, LOOK_MS)];
    },
    stop() {
      timers.forEach(clearInterval);
      model.off("msg:custom", receive);
    },
  };
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
export function giveFile({ name, mime, text }) {
  const url = URL.createObjectURL(new Blob([text], { type: `${mime};charset=utf-8` }));
  const link = document.createElement("a");
  [link.href, link.download] = [url, name];
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** What the kernel is told about the page: the name it was reached by, and what shows it. */
export function pageFacts() {
  return { host: location.hostname, app: document.body.dataset.voila ? "voila" : hasLab() ? "lab" : "other" };
}

function hasLab() {
  return document.querySelector("#jupyter-config-data")?.textContent.includes('"appUrl"') ?? false;
}
