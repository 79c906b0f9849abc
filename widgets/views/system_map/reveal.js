// The blocks one after the other, for whoever teaches with the map.
import { h, makeButton, setText } from "../../common/dom.js";
import { PLACES } from "./model.js";

/** {element, shown: the blocks that are there by now, null for all}. */
export function makeReveal(say, { titles, show, announce }) {
  let count = 0;
  const next = makeButton("button quiet mini", () => step(count < PLACES.length ? count + 1 : 0), say("reveal"));
  const all = makeButton("button quiet mini", () => { step(0); next.focus(); }, say("reveal_all"));
  all.hidden = true;
  function step(to) {
    count = to;
    all.hidden = !count;
    setText(next, !count ? say("reveal") : count < PLACES.length ? say("reveal_next", { block: titles[PLACES[count]] }) : say("reveal_end"));
    announce(count ? say("revealed", { block: titles[PLACES[count - 1]], count, all: PLACES.length }) : say("revealed_all"));
    show();
  }
  return { element: h("span", { class: "reveal" }, next, all), get shown() { return count ? PLACES.slice(0, count) : null; } };
}
