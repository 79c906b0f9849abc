// What the kernel found out, as blocks: a title, whole sentences, bars with their words.
import { h } from "../../common/dom.js";

/** One element for [{title, sentences, bars: [{label, share, shown}]}]. */
export const drawBlocks = (blocks) => blocks.map(({ title, sentences = [], bars = [] }) =>
  h("section", { class: "tree-block" }, h("h4", {}, title), sentences.map((text) => h("p", { dir: "auto" }, text)),
    bars.length > 0 && drawBars(bars)));

/** Bars with their words on one scale. Shares are -1 to 1; what is below zero goes to the left of a common zero. */
export function drawBars(bars) {
  const shares = bars.map(({ share }) => Math.min(Math.max(share, -1), 1)), low = Math.min(0, ...shares);
  const high = low < 0 ? Math.max(0, ...shares) : 1, percent = (part) => `${Math.round((100 * part) / (high - low))}%`;
  const list = h("ul", { class: `tree-bars${low < 0 ? " signed" : ""}` }, bars.map(({ label, shown }, place) => {
    const bar = h("i"), share = shares[place];
    bar.style.width = percent(Math.abs(share));
    bar.style.marginInlineStart = percent(Math.min(0, share) - low);
    return h("li", { "data-sign": Math.sign(share) }, h("span", { dir: "auto" }, label), h("span", { class: "tree-bar", "aria-hidden": "true" }, bar), h("span", {}, shown));
  }));
  list.style.setProperty("--zero", percent(-low));
  return list;
}

/** A place for an answer: the blocks, or why there are none. show({reply, refusal}), say(text), clear(). */
export function makeAnswer() {
  const element = h("div", { class: "tree-answer", "aria-live": "polite" });
  const set = (...children) => element.replaceChildren(...children);
  return {
    element,
    show: ({ reply, refusal }) => set(...(reply ? drawBlocks(reply.blocks) : [h("p", { class: "error" }, refusal)])),
    say: (text) => set(h("p", { class: "small" }, text)),
    clear: () => set(),
  };
}
