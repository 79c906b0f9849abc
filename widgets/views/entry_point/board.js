// The field of the map: four quadrants with their names, the scales at its edges, and where on it a
// pointer is.
import { h } from "../../common/dom.js";

const QUADRANTS = ["mitigate", "start", "leave", "dismissed"]; // as they are read, the high ones first
const NEAR_PX = 24; // a hand that stops short of the edge meant the edge

/** `element` with the `grid` that the discs stand in; spotAt(x, y), aim(spot or null). */
export function makeBoard(places, say) {
  const { up, across } = places.scales;
  const target = h("div", { class: "map-target", hidden: true });
  const quadrants = QUADRANTS.map((name) => h("div", { class: `map-quadrant ${name}` }, h("span", {}, say(`quadrant.${name}`))));
  const grid = h("div", { class: "map-grid" }, quadrants, target);
  const ticks = (kind, choices) => h("ol", { class: `map-ticks ${kind}`, "aria-hidden": "true" }, choices.map(({ label }) => h("li", {}, label)));
  const element = h("div", { class: "map-board", role: "group", "aria-label": say("title") },
    h("p", { class: "map-axis up" }, say("impact")),
    h("p", { class: "map-mode flounders" }, say("mode.flounders")),
    ticks("up", [...up.choices].reverse()), grid, ticks("across", across.choices),
    h("p", { class: "map-axis across" }, say("likelihood")),
    h("p", { class: "map-mode dismissed" }, say("mode.dismissed")));

  function spotAt(x, y) {
    const { left, right, top, bottom, width, height } = grid.getBoundingClientRect();
    if (x < left - NEAR_PX || x > right + NEAR_PX || y < top - NEAR_PX || y > bottom + NEAR_PX) return null;
    const cell = (share, count) => Math.min(Math.max(Math.floor(share * count), 0), count - 1);
    const { size } = places;
    return { across: cell((x - left) / width, size.across), up: size.up - 1 - cell((y - top) / height, size.up) };
  }

  function aim(spot) {
    target.hidden = !spot;
    if (spot) standOn(target, places, spot, { x: 0.5, y: 0.5 });
  }
  return { element, grid, spotAt, aim };
}

/** Let `element` stand on a spot of the board, at `share` {x, y} of it. */
export function standOn(element, { size }, spot, share) {
  element.style.left = `${(100 * (spot.across + share.x)) / size.across}%`;
  element.style.top = `${(100 * (size.up - 1 - spot.up + share.y)) / size.up}%`;
}

/** The share of a spot for number `place` of `count` that stand there side by side. */
export function shareOf(place, count) {
  const columns = Math.ceil(Math.sqrt(count)), rows = Math.ceil(count / columns);
  return { x: ((place % columns) + 0.5) / columns, y: (Math.floor(place / columns) + 0.5) / rows };
}
