// The map as a picture that is edited: by mouse, finger and keyboard, with a matrix and an outline of the same rows.
import { h, makeButton, makeList, newId, setAttr, setText } from "../../common/dom.js";
import { makeDraggable } from "../../common/drag.js";
import { makeFiles } from "../../common/drawing.js";
import { drawMap } from "./drawn.js";
import { laidOut, nextTo } from "./layout.js";
import { makeMatrix } from "./matrix.js";
import { PLACES, makeChanges, readMap } from "./model.js";
import { makeMore } from "./more.js";
import { makeOutline } from "./outline.js";
import { makePanel } from "./panel.js";
import { makeReveal } from "./reveal.js";
/** @import { Context } from "../../form/context.js" */

const ARROWS = { ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 }, ArrowRight: { x: 1, y: 0 }, ArrowLeft: { x: -1, y: 0 } };

/** The picture of a section with the view "system_map". */
export function makeView(/** @type {Context} */ ctx) {
  const say = (key, values) => ctx.say(`system_map.${key}`, values), changes = makeChanges(ctx, say);
  const titles = { "": say("no_block"), ...Object.fromEntries(PLACES.map((block) => [block, say(`blocks.${block}`)])) };
  const drawn = h("div", { class: "drawing", "aria-hidden": "true" }), over = h("div", { class: "over" }), under = h("div", { class: "over" });
  const stage = h("div", { class: "stage", role: "group", "aria-label": say("title") }, drawn, under, over), help = h("p", { class: "small", id: newId(), "data-help": "" }, say("help"));
  let map = { parts: [], links: [] }, nodes = new Map(), width = 0, picked = null, at = null, from = null, told = "", held = null, marked = new Map();
  const panel = makePanel(ctx, say, { changes, pick, startLink, close: () => pick(null) });
  const reveal = makeReveal(say, { titles, show: () => redraw(), announce: (text) => ctx.announce(text) });
  const matrix = makeMatrix(say, changes), outline = makeOutline(ctx, say);
  const more = makeMore(ctx, say, (found) => { marked = found; redraw(); });
  const draw = (wide, mine = null) => drawMap(map, { titles, picked: mine, shown: reveal.shown, marked }, wide);
  const files = makeFiles({ name: say("file"), words: ctx.say, draw: (wide) => draw(wide), place: drawn });
  const undo = makeButton("button quiet mini", () => ctx.state.can_undo && ctx.undo(), say("undo"));
  const linking = h("p", { class: "note", role: "status" }), toPanel = makeButton("button quiet mini", () => panel.show(), say("to_panel"));
  const chosen = h("div", { class: "chosen" }, linking, toPanel);
  const element = h("div", { class: "system-map" }, stage, chosen, panel.element, makeAdd(say, add),
    h("p", { class: "small" }, say("key")), help, h("div", { class: "buttons" }, reveal.element, undo, files),
    matrix.element, outline.element, more.element);

  const areas = makeList(under, ({ key }) => {
    const area = h("div", { class: "area", "data-block": key });
    return { element: area, update: ({ box }) => stand(area, box) };
  });
  const marks = makeList(over, ({ key }) => {
    const mark = makeButton("mark", () => pressed(key));
    mark.dataset.row = key;
    mark.addEventListener("focus", () => { if (at !== key) { at = key; tabs(); } });
    mark.addEventListener("keydown", (event) => typed(event, key));
    setAttr(mark, "aria-describedby", help.id);
    return {
      element: mark,
      update: ({ node, count }) => {
        stand(mark, node);
        setAttr(mark, "aria-label", say("part_at", { part: node.name || say("unnamed"), block: titles[node.block] ?? titles[""], count }));
        setAttr(mark, "aria-pressed", String(key === picked));
        setAttr(mark, "tabindex", key === at ? "0" : "-1");
      },
    };
  });

  makeDraggable(over, {
    held: ({ target, pointerType }) => Boolean((held = /** @type {any} */ (target).closest(".mark")) && (pointerType === "mouse" || held.dataset.row === picked)),
    move: ({ dx, dy, x, y }) => {
      held.classList.add("dragged");
      held.style.transform = `translate(${dx}px, ${dy}px)`;
      const goal = goalAt(x, y);
      for (const one of stage.querySelectorAll(".area, .mark")) one.classList.toggle("over-it", one === goal);
    },
    drop: ({ x, y }) => {
      const goal = goalAt(x, y);
      if (goal?.dataset.row) changes.link(held.dataset.row, goal.dataset.row);
      else if (goal) changes.move(held.dataset.row, goal.dataset.block);
    },
    end: () => {
      held.classList.remove("dragged");
      held.style.transform = "";
      for (const one of stage.querySelectorAll(".over-it")) one.classList.remove("over-it");
    },
  });
  /** The part or the block under a pointer: dropped on a part it is a link, elsewhere in a block a move. */
  function goalAt(x, y) {
    const found = stage.getRootNode().elementsFromPoint(x, y).filter((one) => one !== held);
    return found.find((one) => one.matches(".system-map .mark")) ?? found.find((one) => one.matches(".system-map .area"));
  }

  function stand(one, { x, y, width: wide, height }) {
    Object.assign(one.style, { left: `${x}px`, top: `${y}px`, width: `${wide}px`, height: `${height}px` });
  }

  /** One stop for the Tab key; the arrows go on from there. */
  function tabs() {
    for (const key of nodes.keys()) marks.get(key)?.element.setAttribute("tabindex", key === at ? "0" : "-1");
  }

  function typed(event, key) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && (from || picked)) from ? startLink(null) : pick(null);
    else if (event.key === "Delete") removeHere(key);
    else if (event.key.toLowerCase() === "l") startLink(key);
    else if (ARROWS[event.key]) marks.get(nextTo(nodes, key, ARROWS[event.key]))?.element.focus();
    else return;
    event.preventDefault();
  }

  /** A new part goes on the map; one that is there already is opened instead. */
  function add(name, block) {
    const known = map.parts.map(({ key }) => key), row = changes.add(name, block);
    if (known.includes(row)) pick(row);
    at = row ?? at;
  }

  function removeHere(key) {
    const keys = [...nodes.keys()], next = keys[keys.indexOf(key) + 1] ?? keys[keys.indexOf(key) - 1];
    changes.remove(key);
    marks.get(next)?.element.focus();
  }

  function pressed(key) {
    if (!from) return pick(key === picked ? null : key);
    const begun = from;
    startLink(null);
    changes.link(begun, key);
    pick(begun);
  }

  /** From now on the next part that is pressed is linked; null ends that. */
  function startLink(key) {
    from = key;
    setText(linking, key ? say("linking", { part: ctx.labels.row("parts", key) }) : "");
    tellChosen();
    if (key) marks.get(key)?.element.focus();
  }

  /** What stands at the foot of the screen while the panel is further down: what to press next, or the way there. */
  function tellChosen() {
    linking.hidden = !from;
    toPanel.hidden = Boolean(from) || !picked;
    chosen.hidden = !from && !picked;
  }

  function pick(key) {
    picked = key;
    redraw();
  }

  function redraw() {
    if (picked && !map.parts.some(({ key }) => key === picked)) picked = null;
    if (width) {
      const laid = laidOut(map, width), isShown = ({ block }) => !reveal.shown || reveal.shown.includes(block);
      nodes = new Map([...laid.nodes].filter(([, node]) => isShown(node)));
      if (!nodes.has(at)) at = nodes.keys().next().value ?? null;
      drawn.replaceChildren(draw(width, picked));
      areas.sync(laid.boxes.filter(({ block }) => block).map((box) => ({ key: box.block, box })));
      const counts = new Map();
      for (const end of map.links.flatMap(({ from, to }) => [from, to])) counts.set(end, (counts.get(end) ?? 0) + 1);
      marks.sync([...nodes].map(([key, node]) => ({ key, node, count: counts.get(key) ?? 0 })));
    }
    panel.update(map, picked);
    tellChosen();
  }
  new ResizeObserver(([{ contentRect }]) => {
    if (Math.floor(contentRect.width) === width) return;
    width = Math.floor(contentRect.width);
    redraw();
  }).observe(drawn);

  function update() {
    if (!ctx.state) return;
    map = readMap(ctx);
    const now = JSON.stringify(map);
    if (now !== told) {
      told = now;
      redraw();
      matrix.update(map);
    } else panel.update(map, picked);
    setAttr(undo, "aria-disabled", !ctx.state.can_undo && "true");
    outline.update();
    more.update();
  }
  return { element, update };
}

/** A name and a block, and the part is on the map. */
function makeAdd(say, add) {
  const name = h("input", { type: "text", maxlength: 60, autocomplete: "off", dir: "auto", id: newId() }), block = h("select", { id: newId() }, PLACES.map((one) => h("option", { value: one }, say(`blocks.${one}`))));
  block.value = PLACES[1];
  const go = () => {
    if (!name.value.trim()) return name.focus();
    add(name.value.trim(), block.value);
    name.value = "";
    name.focus();
  };
  name.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); go(); } });
  return h("div", { class: "add-part" }, h("span", {}, h("label", { for: name.id }, say("new_part")), name), h("span", {}, h("label", { for: block.id }, say("new_block")), block), makeButton("button quiet", go, say("add")));
}
