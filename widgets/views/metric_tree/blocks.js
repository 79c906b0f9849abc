// What the kernel found out, as blocks: a title, whole sentences, bars with their words.
import { h } from "../../common/dom.js";

/** One element for [{title, sentences, bars: [{label, share, shown}]}]. */
export const drawBlocks = (blocks) => blocks.map(({ title, sentences = [], bars = [] }) =>
  h("section", { class: "tree-block" }, h("h4", {}, title), sentences.map((text) => h("p", { dir: "auto" }, text)),
    bars.length > 0 && h("ul", { class: "tree-bars" }, bars.map(drawBar))));

function drawBar({ label, share, shown }) {
  const bar = h("i");
  bar.style.width = `${Math.round(Math.min(Math.max(Math.abs(share), 0), 1) * 100)}%`;
  return h("li", {}, h("span", { dir: "auto" }, label), h("span", { class: "tree-bar", "aria-hidden": "true" }, bar), h("span", {}, shown));
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
