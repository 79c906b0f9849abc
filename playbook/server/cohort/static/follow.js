// Follow what the server tells: one long question at a time, and only while the page is looked at, for
// a browser has six connections to a server and people have many tabs.
const AGAIN_MS = 2_000;
const TOO_LONG_MS = 40_000; // the server answers after 25 s in any case
const LOST = [401, 403, 404];

/** Call `tell(state)` for each state of `address` (?after=STAMP is added) and `line(isThere)` for the connection.
 * The function to ask again at once. */
export function follow(address, tell, line = (_isThere) => {}) {
  let stamp = "", asked = null, hurry = false, wake = (_ = undefined) => {};
  const pause = (time) => new Promise((done) => { wake = done; setTimeout(done, time); });
  const looked = () => document.visibilityState === "visible";

  async function next() {
    asked = new AbortController();
    const late = setTimeout(() => asked.abort(), TOO_LONG_MS);
    try {
      const answer = await fetch(`${address}?after=${encodeURIComponent(stamp)}`, { signal: asked.signal });
      if (LOST.includes(answer.status)) reload();
      if (!answer.ok) throw new Error(answer.statusText);
      return await answer.json();
    } finally { clearTimeout(late); asked = null; }
  }

  async function run() {
    for (;;) {
      while (!looked()) await pause(60_000);
      let state = null;
      try { state = await next(); }
      catch {
        if (hurry || !looked()) { hurry = false; continue; }
        line(false);
        await pause(AGAIN_MS);
        continue;
      }
      line(true);
      if (hurry) { hurry = false; continue; }
      stamp = state.stamp;
      try { tell(state); } catch (error) { reportError(error); }
    }
  }

  function again() {
    stamp = "";
    hurry = asked !== null;
    asked?.abort();
    wake();
  }

  document.addEventListener("visibilitychange", () => (looked() ? again() : asked?.abort()));
  addEventListener("online", again);
  addEventListener("offline", () => asked?.abort());
  run();
  return again;
}

/** Signed out, or it is gone: the server says which. Not over and over. */
function reload() {
  const last = Number(sessionStorage.getItem("pb-reloaded") ?? 0);
  if (Date.now() - last < 20_000) return;
  sessionStorage.setItem("pb-reloaded", String(Date.now()));
  location.reload();
}
