// What a page showed last: kept in its tab, so that a page which is loaded again without a network can show it
// (server/http/client/offline.js). It is there for who wrote it alone: with this browser's name, which signing out
// takes away, it is nobody's, and goes.
import { makeStorage } from "../common/link.js";

const SHOWN = "pb:shown:", DEVICE = "pb:device";
const key = () => SHOWN + location.pathname;

/** Keep a form's content and state; nowhere but where such a page can be had, and not for a browser that was forgotten. */
export function keepShown({ local, tab, device }, content, state) {
  const kept = Boolean(globalThis.navigator?.serviceWorker?.controller) && state?.mode !== "memory" && local.get(DEVICE) === device;
  if (kept && state) tab.set(key(), JSON.stringify({ device, content, state }));
}

/** What was kept of the page at this address: {content, state}, or null. */
export function shownBefore() {
  const tab = makeStorage("sessionStorage"), device = makeStorage("localStorage").get(DEVICE);
  const shown = JSON.parse(tab.get(key()) ?? "null");
  if (shown && shown.device === device) return shown;
  tab.keys(SHOWN).forEach(tab.remove);
  return null;
}
