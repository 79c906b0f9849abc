// Answers on their way: kept in this browser until the server has them, sent again until it does.
import { Refused, send } from "./ask.js";

const AGAIN_MS = 3_000;
const SIGNED_OUT = 403;

/** `told(vote, what, text)` hears what becomes of an answer: "waiting" to be sent, "kept" for want of a
 * connection, "sent", or "refused". All tabs of this browser share what is kept; which of them sends it is the same. */
export function makeOutbox(me, told) {
  const start = `pb:room:${me}:`;
  const kept = storage();
  let busy = false, more = false, timer;
  const votes = () => kept.keys().filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
  const waiting = (vote) => JSON.parse(kept.get(start + vote) ?? "null");

  /** Keep an answer, and send it after `wait` milliseconds unless another comes. */
  function put(vote, given, wait = 0) {
    kept.set(start + vote, JSON.stringify(given));
    told(vote, "waiting");
    clearTimeout(timer);
    timer = setTimeout(flush, wait);
  }

  async function flush() {
    clearTimeout(timer);
    if (busy) { more = true; return; }
    busy = true;
    more = false;
    for (const vote of votes()) await deliver(vote);
    busy = false;
    if (more) flush();
  }

  async function deliver(vote) {
    const text = kept.get(start + vote);
    try {
      await send("room/answer", { vote, ...JSON.parse(text) });
      done(vote, text, "sent");
    } catch (error) {
      const final = error instanceof Refused && error.status !== SIGNED_OUT && error.status < 500;
      if (final) done(vote, text, "refused", error.message);
      else { told(vote, "kept"); timer = setTimeout(flush, AGAIN_MS); }
    }
  }

  function done(vote, text, what, why) {
    if (kept.get(start + vote) !== text) { more = true; return; } // a newer answer is on its way
    kept.remove(start + vote);
    told(vote, what, why);
  }

  addEventListener("online", flush);
  addEventListener("pagehide", () => { if (votes().length) flush(); });
  flush();
  return { put, waiting };
}

/** localStorage, or a place that lasts as long as the page where a browser has none. */
function storage() {
  try {
    localStorage.setItem("pb:room", "1");
    return {
      get: (key) => localStorage.getItem(key), set: (key, text) => localStorage.setItem(key, text),
      remove: (key) => localStorage.removeItem(key), keys: () => Object.keys(localStorage),
    };
  } catch {
    const kept = new Map();
    return { get: (key) => kept.get(key) ?? null, set: (key, text) => kept.set(key, text), remove: (key) => kept.delete(key), keys: () => [...kept.keys()] };
  }
}
