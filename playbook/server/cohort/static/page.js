// What the pages of a class share: their data and words, what is said aloud, the banner in the bar.
import { fill, h, setText } from "./dom.js";

export const base = document.body.dataset.baseUrl;
export const data = JSON.parse(document.getElementById("data").textContent);
/** The element of that id; forms and their fields are reached by name.
 * @type {(id: string) => any} */
export const find = (id) => document.getElementById(id);
export const say = (key, values = {}) => fill(data.words[key], values);

/** The title of a sheet; its id for one that this host no longer has. */
export const sheetTitle = (id) => data.sheets[id]?.title ?? id;
export const sheetLink = (id) => `${base}voila/render/${data.sheets[id]?.notebook ?? ""}`;

export const clock = (moment) => new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
/** 30 November 2026, as the sheets write it. */
export const day = (iso) => new Date(`${iso}T12:00`).toLocaleDateString("en-GB", { dateStyle: "long" });

/** Say it once, politely, to who listens to the page. */
export const announce = (text) => setText(find("spoken"), text);

const notices = new Map();
/** Show a sentence in the bar, under its own `key`; null takes it away. */
export function notice(key, text) {
  const known = notices.get(key);
  if (text === null) { known?.remove(); notices.delete(key); return; }
  if (known) { setText(known, text); return; }
  const line = h("p", {}, text);
  notices.set(key, line);
  document.querySelector("[data-pb-alert]").append(line);
}

/** Replace `place`'s content by `make(value)`, only when the value is another than before. */
export function redraw(place, value, make) {
  const text = JSON.stringify(value);
  if (place.dataset.drawn === text) return;
  place.dataset.drawn = text;
  place.replaceChildren(...[make(value)].flat().filter(Boolean));
}

// A button does nothing before the script that carries it out is there; until then it says so.
/** @type {NodeListOf<HTMLButtonElement>} */
const waiting = document.querySelectorAll("[data-wait]");
for (const button of waiting) button.disabled = false;
