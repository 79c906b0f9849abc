// The place where the cards stand: the picture with its lines, looked at by scrolling and zooming; or the
// outline, which is the same list of cards as plain rows.
import { h, makeList, setAttr } from "../../common/dom.js";
import { makeCard } from "./card.js";
import { SIZE, edgePath, layout } from "./layout.js";
import { svgPart } from "../../common/drawing.js";
/** @import { Context } from "../../form/context.js" */

const ZOOM = { low: 0.3, high: 1.5, step: 1.25, readable: 0.6 };
const EDGES = ["measured", "believed", "hoped", "none"].flatMap((kind) => [kind, `${kind} chosen`]);
const MARGIN = 16; // around the drawing

/** The board: {element, list, card(row), update(items, roots), zoomBy(1 or -1), fit(), zoom()}. */
export function makeBoard(/** @type {Context} */ ctx) {
  const edges = Object.fromEntries(EDGES.map((kind) => [kind, svgPart("path", { class: `edge ${kind}`, transform: `translate(${MARGIN} ${MARGIN})` })]));
  const lines = svgPart("svg", { class: "tree-edges", "aria-hidden": "true" }, ...Object.values(edges));
  const list = h("ul", { class: "tree-cards", role: "tree", "aria-label": ctx.say("tree.label") });
  const stage = h("div", { class: "tree-stage" }, lines, list);
  const element = h("div", { class: "tree-board" }, stage);
  const cards = makeList(list, ({ key }) => makeCard(ctx, key));
  const view = makeView(element, stage);
  for (const side of ["width", "height"]) list.style.setProperty(`--card-${side}`, `${SIZE[side]}px`);

  function update(items, roots) {
    const { places, ...size } = layout(roots);
    cards.sync(items.map((item) => ({ ...item, x: places.get(item.key).x + MARGIN, y: places.get(item.key).y + MARGIN })));
    drawEdges(edges, items, places);
    view.setSize(size);
  }
  return { ...view, element, list, update, card: (row) => cards.get(row)?.element };
}

function drawEdges(edges, items, places) {
  const found = Object.fromEntries(Object.keys(edges).map((kind) => [kind, ""]));
  const current = items.find((item) => item.current)?.node;
  const above = new Set();
  for (let at = current; at; at = at.parent) above.add(at.key);
  for (const { key, node } of items) {
    if (!node.parent) continue;
    const kind = `${node.evidence ?? "none"}${above.has(key) ? " chosen" : ""}`;
    found[kind] += edgePath(places.get(key), places.get(node.parent.key));
  }
  for (const [kind, path] of Object.entries(found)) setAttr(edges[kind], "d", path); // drawn anew only if it differs
}

/** How the drawing is looked at. */
function makeView(box, stage) {
  let zoom = 1, size = { width: 0, height: 0 }, fitted = false;

  function setSize({ width, height }) {
    const known = size;
    size = { width: width + 2 * MARGIN, height: height + 2 * MARGIN };
    if (known.width !== size.width || known.height !== size.height) apply();
    if (!fitted && width && box.clientWidth) { fitted = true; fit(ZOOM.readable); }
  }

  function apply() {
    stage.style.setProperty("--zoom", zoom);
    stage.style.setProperty("--width", `${size.width}px`);
    stage.style.setProperty("--height", `${size.height}px`);
  }

  /** Zoom so that what is at this point of the box stays there. */
  function zoomTo(wanted, x = box.clientWidth / 2, y = box.clientHeight / 2) {
    const next = Math.min(Math.max(wanted, ZOOM.low), ZOOM.high), grown = next / zoom;
    const left = (box.scrollLeft + x) * grown - x, top = (box.scrollTop + y) * grown - y;
    zoom = next;
    apply();
    box.scrollTo({ left, top, behavior: "instant" });
  }

  function fit(least = ZOOM.low) {
    const wanted = Math.min(1, box.clientWidth / size.width, box.clientHeight / size.height);
    zoomTo(Math.max(wanted, least));
    if (zoom > wanted) box.scrollTo({ left: 0, top: (size.height * zoom - box.clientHeight) / 2, behavior: "instant" });
  }

  hearWheel(box, (factor, x, y) => zoomTo(zoom * factor, x, y));
  hearPinch(box, () => zoom, zoomTo);
  hearPan(box);
  return { setSize, fit: () => fit(), zoomBy: (sign) => zoomTo(zoom * ZOOM.step ** sign), zoom: () => zoom };
}

const isPicture = (box) => box.parentElement.dataset.look === "picture";

function hearWheel(box, zoom) {
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey || !isPicture(box)) return;
    event.preventDefault();
    const { left, top } = box.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
  }, { passive: false });
}

function hearPinch(box, zoom, zoomTo) {
  let from = null;
  const middle = (touches, side) => (touches[0][side] + touches[1][side]) / 2;
  const apart = ([one, other]) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  box.addEventListener("touchstart", (event) => {
    from = event.touches.length === 2 && isPicture(box) ? { apart: apart(event.touches), zoom: zoom() } : null;
    if (from) event.preventDefault();
  }, { passive: false });
  box.addEventListener("touchmove", (event) => {
    if (!from || event.touches.length !== 2) return;
    event.preventDefault();
    const { left, top } = box.getBoundingClientRect();
    const x = middle(event.touches, "clientX") - left, y = middle(event.touches, "clientY") - top;
    zoomTo((from.zoom * apart(event.touches)) / from.apart, x, y);
  }, { passive: false });
}

/** The mouse takes the background along; a finger scrolls anyway. */
function hearPan(box) {
  let last = null;
  box.addEventListener("pointerdown", (event) => {
    const onBar = event.target === box && (event.offsetX > box.clientWidth || event.offsetY > box.clientHeight);
    const background = !onBar && !event.target.closest("[data-row]");
    if (event.pointerType !== "mouse" || event.button || !background || !isPicture(box)) return;
    last = event;
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    if (!last) return;
    box.scrollBy({ left: last.clientX - event.clientX, top: last.clientY - event.clientY, behavior: "instant" });
    last = event;
  });
  for (const end of ["pointerup", "pointercancel"]) box.addEventListener(end, () => { last = null; });
}
