// The map: candidates by impact and likelihood, moved by mouse, finger and keyboard; the same as a table.
import { focused, h, makeButton, makeList, newId, placeChildren, setAttr, setText } from "../../common/dom.js";
import { makeDraggable } from "../../common/drag.js";
import { makeFiles } from "../../common/drawing.js";
import { verdictMark } from "../../form/candidates.js";
import { whoList } from "../../form/field.js";
import { makeBoard, shareOf, standOn } from "./board.js";
import { drawMap } from "./drawn.js";
import { makePlaces } from "./places.js";
import { makeMapTable } from "./table.js";
/** @import { Context } from "../../form/context.js" */

const ARROWS = { ArrowUp: ["up", 1], ArrowDown: ["up", -1], ArrowRight: ["across", 1], ArrowLeft: ["across", -1] };

/** The picture of a section with the view "map". */
export function makeView(/** @type {Context} */ ctx, section, table, show) {
  const say = (key, values) => ctx.say(`map.${key}`, values);
  const places = makePlaces(ctx, section, table);
  const board = makeBoard(places, say), legend = makeLegend(ctx, places, say, show);
  const reading = makeReading(places, say), grid = makeMapTable(ctx, places, say);
  const discs = new Map();
  const files = makeFiles({ name: ctx.sheet.id, words: ctx.say, draw: (width) => drawMap(places, say, width), place: board.element });
  const element = h("div", { class: "map" }, asked(ctx, places), legend.waiting, board.element, reading.element, legend.element, files,
    makeAnchors(ctx, Object.values(places.scales), say), grid.element);

  /** Put a row on a spot, or with null off the map, and say so. */
  function put(row, spot) {
    places.put(row, spot);
    update(); // now, so that the focus goes along
    discs.get(row)?.element.focus({ preventScroll: true });
    ctx.announce(spot ? `${places.said(row, spot)}. ${say(`quadrant.${places.quadrant(spot)}`)}.` : say("taken_off", { name: places.name(row) }));
  }

  let held = null; // whose number has the focus, or had it until a press on the board took it
  function disc(row) {
    if (!discs.has(row)) discs.set(row, makeDisc(row, { places, board, legend, reading, say, put, hold: (now) => { held = now; } }));
    return discs.get(row);
  }

  let bare = false; // whether the press began beside the numbers: a drag that Escape ended is no tap
  board.grid.addEventListener("pointerdown", ({ target }) => { bare = target instanceof Element && !target.closest(".disc"); });
  board.grid.addEventListener("click", ({ clientX, clientY }) => {
    if (!bare) return;
    const free = places.rows().filter((row) => places.stand(row) !== "off"), waiting = free.filter((row) => places.stand(row) === "open");
    const row = free.includes(held) ? held : waiting.length === 1 && waiting[0];
    if (row) put(row, board.spotAt(clientX, clientY));
  });

  function update() {
    const rows = places.rows(), active = focused();
    const shown = rows.map((row, place) => ({ row, number: place + 1, stand: places.stand(row) }));
    for (const row of discs.keys()) if (!rows.includes(row)) discs.delete(row);
    for (const one of shown) disc(one.row).update(one);
    const placed = shown.filter((one) => one.stand === "placed").map(({ row }) => row);
    arrange(placed, places, disc);
    placeChildren(board.grid, [...[...board.grid.children].filter((child) => !child.matches(".disc")), ...placed.map((row) => disc(row).element)]);
    legend.update(shown, (row) => disc(row).element);
    if (active !== document.activeElement && active?.matches(".disc") && element.contains(active)) active.focus({ preventScroll: true });
    reading.update();
    grid.update(shown);
  }
  return { element, update };
}

/** What the map asks, with the numbers that it is counted by. */
const asked = (/** @type {Context} */ ctx, { scales: { up, across } }) => h("ul", { class: "plain map-asked" }, [up, across].map((question) =>
  h("li", {}, h("span", { class: "place" }, `${ctx.numbers.get(question.id)} `), h("strong", {}, question.text), ` ${question.short}`)));

/** Those on one spot stand side by side. */
function arrange(rows, places, disc) {
  const spots = rows.map(places.spot);
  const keys = spots.map(({ up, across }) => `${up} ${across}`);
  rows.forEach((row, place) => {
    const together = rows.filter((_, other) => keys[other] === keys[place]);
    const { element } = disc(row), alone = together.length === 1; // where several stand, their numbers tell
    setAttr(element, "data-named", alone && (spots[place].across === places.size.across - 1 ? "before" : "after"));
    standOn(element, places, spots[place], shareOf(together.indexOf(row), together.length));
  });
}

function makeDisc(row, { places, board, legend, reading, say, put, hold }) {
  const number = h("span", {}), named = h("span", { class: "map-name", dir: "auto", "aria-hidden": "true" });
  const element = makeButton("disc", () => element.focus(), number, named);
  setAttr(element, "aria-describedby", reading.help);
  element.addEventListener("focus", () => { hold(row); reading.of(row); });
  element.addEventListener("blur", ({ relatedTarget }) => { if (relatedTarget) hold(null); reading.of(null); });
  element.addEventListener("keydown", (event) => {
    const arrow = !(event.altKey || event.ctrlKey || event.metaKey) && ARROWS[event.key];
    const leaves = event.key === "Delete" || event.key === "Backspace";
    if (!arrow && !leaves) return;
    event.preventDefault();
    put(row, leaves ? null : stepped(places, row, arrow));
  });
  makeDraggable(element, {
    move: ({ x, y, dx, dy }) => {
      const spot = board.spotAt(x, y);
      element.classList.add("dragged");
      element.style.translate = `${dx}px ${dy}px`;
      board.aim(spot);
      reading.of(row, spot);
    },
    drop: ({ x, y }) => {
      const spot = board.spotAt(x, y);
      if (spot || legend.has(x, y)) put(row, spot);
    },
    end: () => {
      element.classList.remove("dragged");
      element.style.translate = "";
      board.aim(null);
      reading.of(document.activeElement === element ? row : null);
    },
  });
  return {
    element,
    update: ({ number: place, stand: how }) => {
      setText(number, String(place));
      setText(named, places.name(row));
      const where = how === "placed" ? places.said(row, places.spot(row)) : `${places.name(row)}: ${say("unplaced")}`;
      setAttr(element, "aria-label", `${place} ${where}`);
    },
  };
}

/** One step from where a row is; from outside the map it comes in at the low end. */
function stepped(places, row, [axis, by]) {
  const now = places.spot(row), size = places.size;
  if (places.stand(row) !== "placed") return { up: now.up ?? 0, across: now.across ?? 0 };
  return { ...now, [axis]: Math.min(Math.max(now[axis] + by, 0), size[axis] - 1) };
}

/** Every row by its number and name: waiting with its disc, on the map, or off it and why. */
function makeLegend(/** @type {Context} */ ctx, places, say, show) {
  const groups = ["open", "placed", "off"].map((key) => makeGroup(ctx, key, places, say, show));
  const [waiting, ...others] = groups.map((group) => group.element);
  const element = h("div", { class: "map-legend" }, others);
  return {
    waiting, element,
    has: (x, y) => document.elementsFromPoint(x, y).some((one) => waiting.contains(one) || element.contains(one)),
    update: (shown, disc) => groups.forEach((group) => group.update(shown, disc)),
  };
}

const GROUP_WORDS = { open: "unplaced", placed: "on", off: "off" };

function makeGroup(/** @type {Context} */ ctx, key, places, say, show) {
  const list = h("ul", {});
  const items = makeList(list, ({ row }) => legendItem(ctx, row, places, show));
  const element = h("div", { class: `map-${key}` }, h("p", { class: "small" }, say(GROUP_WORDS[key])), list);
  function update(shown, disc) {
    const mine = shown.filter((one) => one.stand === key);
    element.hidden = mine.length === 0;
    items.sync(mine.map((one) => ({ ...one, key: one.row, mark: key === "open" ? disc(one.row) : null })));
  }
  return { element, update };
}

function legendItem(/** @type {Context} */ ctx, row, places, show) {
  const number = h("span", { class: "map-number" }), slot = h("span", { class: "map-slot" });
  const label = h("span", { dir: "auto" }), name = makeButton("link", () => show(row), label);
  const verdict = verdictMark(ctx, row);
  const element = h("li", {}, slot, name, verdict.element);
  const update = (one) => {
    setText(number, String(one.number));
    placeChildren(slot, [one.mark ?? number]);
    setText(label, places.name(row));
    verdict.update();
  };
  return { element, update };
}

/** What a spot means in words, while a disc is on its way or in hand; else how to move one. */
function makeReading(places, say) {
  const help = h("p", { class: "small", id: newId() }, say("help"));
  const heading = h("strong", {}), lines = [h("span", {}), h("span", {})];
  const text = h("p", { class: "small", "aria-hidden": "true" }, heading, lines);
  const element = h("div", { class: "map-reading" }, help, text);
  let row = null, aimed = null;

  function update() {
    const spot = aimed ?? (row && places.stand(row) === "placed" ? places.spot(row) : null);
    help.classList.toggle("behind", Boolean(spot));
    text.classList.toggle("behind", !spot);
    if (!spot) return;
    setText(heading, `${places.name(row)}: ${say(`quadrant.${places.quadrant(spot)}`)}`);
    Object.entries(places.scales).forEach(([axis, { short, choices }], place) => {
      const { label, hint } = choices[spot[axis]];
      setText(lines[place], `${short}: ${[label, hint].filter(Boolean).join(". ")}.`);
    });
  }
  return { element, help: help.id, update, of: (now, spot = null) => { [row, aimed] = [now, spot]; update(); } };
}

/** What is asked by each scale, what its points mean, and who says so. */
function makeAnchors(/** @type {Context} */ ctx, questions, say) {
  const point = ({ label, hint }) => h("li", {}, h("strong", {}, label), hint && `: ${hint}`);
  const part = (question) => h("div", {}, h("h3", {}, question.text), h("p", { class: "why" }, question.why),
    h("ol", {}, question.choices.map(point)),
    question.example && h("p", { class: "small" }, `${ctx.say("example")} ${question.example}`),
    question.who.length > 0 && h("details", {}, h("summary", {}, ctx.say("sources")), whoList(ctx, question.who)));
  return h("div", { class: "help map-anchors" }, h("details", {}, h("summary", {}, say("anchors")), h("div", { class: "map-scales" }, questions.map(part))));
}
