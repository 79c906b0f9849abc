// The lanes as SVG: as many steps beside one another as have room, the next ones in a band below.
import { heightOf, linesOf, svgLines, svgPart } from "../../common/drawing.js";

const NARROW = 480, NAMES = 104, COLUMN = 104, BOX = 52, LANE = 74, SIZE = 11.5, HEAD = 20, APART = 26, PAD = 7;
const LAYERS = ["wait", "work", "tool", "data", "decision", "check"], MOST = 3;

/** The picture in `width` px of `steps`: {step, who, kind, wait, work, tool, data, decision, longest, to}. */
export function drawBands(steps, words, width) {
  const narrow = width < NARROW, left = narrow ? 72 : NAMES;
  const each = Math.max(2, Math.floor((width - left) / (narrow ? 82 : COLUMN)));
  const column = (width - left) / Math.min(each, Math.max(steps.length, 1));
  const parts = [];
  let top = 0;
  for (let first = 0; first < steps.length; first += each) {
    const band = drawBand(first, steps.slice(first, first + each), { words, left, column, width, top });
    parts.push(band.element);
    top += band.height + APART;
  }
  const height = Math.ceil(Math.max(top - APART, 1));
  return svgPart("svg", { width, height, viewBox: `0 0 ${width} ${height}` }, ...parts);
}

function drawBand(first, steps, { words, left, column, width, top }) {
  const lanes = [...new Set(steps.map(({ who }) => who))], below = top + HEAD;
  const x = (place) => left + place * column, y = (who) => below + lanes.indexOf(who) * LANE;
  const middle = (place) => ({ x: x(place) + column / 2, y: y(steps[place].who) + LANE / 2 });
  const room = left - PAD, parts = lanes.flatMap((who) => lane(who || words.nobody, y(who), width, room));
  steps.forEach((_, place) => place && parts.push(arrow(middle(place - 1), middle(place), column)));
  if (first) parts.push(entry(middle(0), column));
  steps.forEach((step, place) => {
    if (step.to >= first && step.to < first + place) parts.push(wayBack(middle(place), middle(step.to - first)));
    if (step.to >= 0 && step.to < first) parts.push(backTo(step.to + 1, middle(place), words));
    parts.push(box(step, middle(place), column, words));
    parts.push(svgLines([String(first + place + 1), words[step.kind]].filter(Boolean).join(" · ").split("\n"), x(place) + column / 2, top + 2,
      { size: SIZE, weight: 650, anchor: "middle", fill: "var(--soft)" }));
  });
  let at = below + lanes.length * LANE + PAD;
  for (const layer of LAYERS) {
    if (!steps.some((step) => step[layer])) continue;
    const told = steps.map((step) => linesOf(step[layer], column - PAD, { size: SIZE, most: MOST }));
    const tall = Math.max(heightOf([""], SIZE), ...told.map((lines) => heightOf(lines, SIZE)));
    parts.push(svgLines(linesOf(words[layer], room, { size: SIZE, weight: 650, most: 1 }), 0, at, { size: SIZE, weight: 650, fill: "var(--soft)" }));
    told.forEach((lines, place) => {
      const marked = layer === "wait" && steps[place].longest;
      parts.push(svgLines(lines, x(place) + column / 2, at, { size: SIZE, anchor: "middle", weight: marked ? 700 : 400, fill: marked ? "var(--warn)" : "var(--ink)" }));
    });
    at += tall + PAD;
    if (layer === "wait") at = longest(steps, words, { parts, at, x, column });
  }
  return { element: svgPart("g", {}, ...parts), height: at - top };
}

/** Under the longest wait, that it is: colour alone tells nobody. */
function longest(steps, words, { parts, at, x, column }) {
  const place = steps.findIndex((step) => step.longest);
  if (place < 0) return at;
  const lines = linesOf(words.longest, column - 2, { size: SIZE });
  parts.push(svgLines(lines, x(place) + column / 2, at - PAD + 1, { size: SIZE, anchor: "middle", fill: "var(--warn)" }));
  return at + heightOf(lines, SIZE);
}

function lane(name, y, width, room) {
  const lines = linesOf(name, room, { size: SIZE, weight: 650, most: 3 });
  return [svgPart("rect", { x: 0, y, width, height: LANE, fill: "none", stroke: "var(--line)" }),
    svgLines(lines, PAD - 2, y + (LANE - heightOf(lines, SIZE)) / 2, { size: SIZE, weight: 650 })];
}

/** A step; where something is decided its corners are cut, and the start and the end of the work stand out. */
function box({ step, kind, decision }, { x, y }, column, words) {
  const wide = column - 14, left = x - wide / 2, top = y - BOX / 2, cut = 9;
  const corners = [[cut, 0], [wide - cut, 0], [wide, cut], [wide, BOX - cut], [wide - cut, BOX], [cut, BOX], [0, BOX - cut], [0, cut]];
  const look = { fill: words[kind] ? "var(--wash, var(--card))" : "var(--card)", stroke: "var(--brand)", "stroke-width": words[kind] ? 2.5 : 1.3 };
  const shape = decision
    ? svgPart("polygon", { points: corners.map(([dx, dy]) => `${left + dx},${top + dy}`).join(" "), ...look })
    : svgPart("rect", { x: left, y: top, width: wide, height: BOX, rx: 4, ...look });
  const lines = linesOf(step, wide - 8, { size: SIZE, most: 3 });
  return svgPart("g", {}, shape, svgLines(lines, x, y - heightOf(lines, SIZE) / 2 - 1, { size: SIZE, anchor: "middle" }));
}

function arrow(from, to, column) {
  const half = column / 2 - 7, start = from.x + half, end = to.x - half, turn = (start + end) / 2;
  return line(`M${start} ${from.y}H${turn}V${to.y}H${end}`, end, to.y);
}

const entry = (to, column) => line(`M${to.x - column / 2} ${to.y}H${to.x - column / 2 + 7}`, to.x - column / 2 + 7, to.y);

const line = (d, x, y) => svgPart("g", {}, svgPart("path", { d, fill: "none", stroke: "var(--ink)", "stroke-width": 1.4 }),
  svgPart("path", { d: `M${x} ${y}l-5 -3.5v7z`, fill: "var(--ink)" }));

/** Over the box: the number of the step in a band above that a case is sent back to. */
const backTo = (number, { x, y }, words) => svgLines([`${words.back} ${number}`], x, y - BOX / 2 - heightOf([""], SIZE) + 2, { size: SIZE, weight: 650, anchor: "middle", fill: "var(--warn)" });

/** Dashed, over the boxes: where a case is sent back to. */
function wayBack(from, to) {
  const high = Math.min(from.y, to.y) - BOX / 2 - 7, end = to.y - BOX / 2;
  const d = `M${from.x + 10} ${from.y - BOX / 2}V${high}H${to.x - 10}V${end}`;
  return svgPart("g", {}, svgPart("path", { d, fill: "none", stroke: "var(--warn)", "stroke-width": 1.4, "stroke-dasharray": "4 3" }),
    svgPart("path", { d: `M${to.x - 10} ${end}l-3.5 -5h7z`, fill: "var(--warn)" }));
}
