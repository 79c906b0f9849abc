// The wall's one picture: head, body and foot; texts get smaller step by step until all of it fits.
import { h, placeChildren } from "./dom.js";

export const WIDTH = 1920;
/** Sizes as shares of the width: a question, its choices, the space between them. Nothing is smaller than 32. */
const STEPS = [
  [72, 48, 24], [72, 42, 16], [72, 38, 10], [64, 38, 8], [56, 38, 6], [48, 38, 5], [42, 38, 4], [40, 34, 3], [36, 32, 2],
];

const READABLE = 4; // where something is left out, what stays is of this size

/** A place in a scene that `draw(width, height)` fills once the texts have theirs; both as shares of the width. */
export function picture(draw) {
  const place = h("div", { class: "picture" });
  drawings.set(place, draw);
  return place;
}
const drawings = new WeakMap();

/** The wall in its elements; show(build) draws what `build()` gives: {title, lead, body, less}. Without a title it is
 * called `name` for who doesn't see it. `less()` takes something out where even the smallest texts do not fit, and
 * says whether it could. */
export function makeWall(root, head, body, name) {
  let build = null;

  const fits = () => body.scrollHeight <= body.clientHeight + 1 && body.scrollWidth <= body.clientWidth + 1 && root.scrollHeight <= root.clientHeight + 1;

  function draw() {
    if (!build) return;
    const { title, lead, body: parts, less } = build();
    placeChildren(head, [h("h1", { dir: "auto", class: title ? null : "visually-hidden" }, title || name), lead && h("p", { class: "lead", dir: "auto" }, lead)].filter(Boolean));
    placeChildren(body, [parts].flat().filter(Boolean));
    const step = STEPS.findIndex((sizes, place) => { resize(sizes, place); return fits(); });
    if (step < 0 && less) {
      resize(STEPS[READABLE], READABLE);
      while (!fits() && less());
    }
    const unit = root.clientWidth / WIDTH;
    for (const place of body.querySelectorAll(".picture")) {
      const [width, height] = [place.clientWidth / unit, place.clientHeight / unit];
      placeChildren(place, [drawings.get(place)(width, height)]);
    }
  }

  function resize(sizes, place) {
    const [question, choice, space] = sizes;
    for (const [name, size] of Object.entries({ question, choice, space })) root.style.setProperty(`--${name}`, String(size));
    root.dataset.step = String(place);
  }

  addEventListener("resize", draw);
  document.fonts?.ready.then(draw);
  return { show(next) { build = next; draw(); } };
}
