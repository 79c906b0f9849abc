// Workgroups, cells and communities as one picture, with a table that says the same; and the kinds of group beside each other.
import { h } from "../../common/dom.js";
import { linesOf, makeDrawing, svgLines, svgPart } from "../../common/drawing.js";
import { makeFold, makeGrid } from "./fold.js";
import { fieldOf, readPeople } from "./people.js";
/** @import { Context } from "../../form/context.js" */

const CELL = 78, ROW = 58, HEAD = 26, GAP = 14, DOT = 7, SMALL = 12;
const DASHES = ["", "6 3", "2 3", "8 3 2 3", "12 4"];
const KINDS = ["workgroup", "cell", "community", "network"];

/** The four kinds of group as a table. */
export function makeKinds(say) {
  const heads = ["kind", "people", "purpose", "who", "when"].map((one) => say(`kinds_${one}`));
  return makeGrid(say("kinds_title"), heads, KINDS.map((one) => say(`kinds_${one}`).split("|")));
}

/** Where everybody is drawn, for a width: {groups: [{number, x, y, width, height, people: [{x, y, person}]}], height}. */
export function placed(people, width) {
  const numbers = [...new Set(people.map(({ group }) => group))].sort((one, other) => one - other);
  const across = Math.max(1, Math.min(numbers.length, Math.floor((width + GAP) / (3 * CELL + GAP)) || 1));
  const own = Math.floor((width - GAP * (across - 1)) / across), perLine = Math.max(1, Math.floor(own / CELL));
  const groups = [];
  let top = 0;
  for (let first = 0; first < numbers.length; first += across) {
    const line = numbers.slice(first, first + across).map((number, at) => {
      const here = people.filter(({ group }) => group === number), x = at * (own + GAP);
      const dots = here.map((person, place) => ({ person, x: x + (place % perLine) * CELL + CELL / 2, y: top + HEAD + Math.floor(place / perLine) * ROW + DOT + 6 }));
      return { number, x, y: top, width: own, height: HEAD + Math.ceil(here.length / perLine) * ROW, people: dots };
    });
    const tall = Math.max(...line.map(({ height }) => height));
    line.forEach((one) => { one.height = tall; });
    groups.push(...line);
    top += tall + GAP;
  }
  return { groups, height: Math.max(0, top - GAP) };
}

/** {element, update()}: drawn while it is open. */
export function makeNetwork(/** @type {Context} */ ctx, say) {
  let people = [];
  const table = h("div", {});
  const drawing = makeDrawing({ title: say("network_title"), name: say("network_file"), words: ctx.say, draw });
  const fold = makeFold(ctx, "network", say("network_title"), [makeKinds(say), h("p", { class: "small" }, say("network_hint")), drawing.element, table]);

  function draw(width) {
    const { groups, height } = placed(people, width), svg = svgPart("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
    const dots = groups.flatMap((one) => one.people), cells = [...new Set(people.map(({ cell }) => cell).filter(Boolean))];
    for (const { x, y, width: wide, height: tall, number } of groups) svg.append(
      svgPart("rect", { x: x + 0.5, y: y + 0.5, width: wide - 1, height: tall - 1, rx: 8, fill: "none", stroke: "var(--line)" }),
      svgLines([number ? say("column", { number }) : say("nowhere")], x + 8, y + 5, { weight: 650 }));
    cells.forEach((cell, at) => {
      const mine = dots.filter(({ person }) => person.cell === cell).map(({ x, y }) => `${x},${y}`).join(" ");
      svg.append(svgPart("polyline", { points: mine, fill: "none", stroke: "var(--brand)", "stroke-width": 1.5, "stroke-dasharray": DASHES[at % DASHES.length], opacity: 0.6 }));
    });
    for (const { x, y, person } of dots) {
      const below = [person.code, ...linesOf(person.community, CELL - 6, { size: SMALL, most: 1 }).filter(Boolean)];
      svg.append(svgPart("circle", { cx: x, cy: y, r: DOT, fill: "var(--brand)", stroke: "var(--card)", "stroke-width": 2 }),
        svgLines(below, x, y + DOT, { size: SMALL, anchor: "middle" }));
      if (person.cell) svg.append(svgLines([person.cell], x + DOT + 2, y - SMALL, { size: SMALL, fill: "var(--soft)" }));
    }
    return svg;
  }

  function update() {
    fold.update();
    if (!fold.element.open) return;
    const value = (row, question) => ctx.value(fieldOf(row, question)) ?? "";
    const now = readPeople(ctx).map((one) => ({ ...one, cell: value(one.key, "cell"), community: value(one.key, "community") }));
    if (table.dataset.key === JSON.stringify(now)) return;
    table.dataset.key = JSON.stringify(now);
    people = now;
    const heads = [say("table_person"), say("table_group"), ctx.labels.question(fieldOf("", "cell")).short, say("network_community")];
    table.replaceChildren(makeGrid(say("network_label"), heads, people.map(({ code, group, cell, community }) =>
      [code, group ? String(group) : say("network_none"), cell || say("network_none"), community || say("network_none")])));
    drawing.update(people.map(({ code, group, cell, community }) => say("network_line", { code, places: [
      group ? say("network_in_group", { number: group }) : say("network_alone"), cell && say("network_in_cell", { number: cell }),
      community && say("network_in_community", { name: community })].filter(Boolean).join(", ") })));
  }
  fold.element.addEventListener("toggle", update);
  return { element: fold.element, update };
}
