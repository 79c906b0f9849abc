// The picture of connections as an SVG: lines first, then dots, and every name beside its mark.
import { heightOf, linesOf, svgLines, svgPart } from "../../common/drawing.js";
import { laidOut, markOf } from "./layout.js";

const SIZE = 13, SMALL = 12, DOT = 8, LETTER = 9, CLEAR = 0.7, FAINT = 0.12;
const HALO = { "paint-order": "stroke", stroke: "var(--paper)", "stroke-width": "4", "stroke-linejoin": "round" }; // lines pass behind a code
const BENT = 0.18; // how far a line leaves the straight, so that two links do not hide each other

/** `what` is what `pictured` gives; `heads` the words of each band, `picked` a node's key or null. */
export function drawNetwork(what, { heads, letters, picked = null }, width) {
  const layout = laidOut(what, width), { nodes, height } = layout;
  const svg = svgPart("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  for (const { band, y } of layout.heads) svg.append(svgLines(linesOf(heads[band], width, { weight: 650, most: 1 }), 0, y + 2, { weight: 650 }));
  for (const box of layout.boxes) svg.append(svgPart("rect", { x: box.x + 0.5, y: box.y + 0.5, width: box.width - 1, height: box.height - 1, rx: 8, fill: "none", stroke: "var(--line)" }),
    svgLines(linesOf(box.name, box.width - 20, { size: SIZE, weight: 650, most: 1 }), box.x + 10, box.y + 6, { size: SIZE, weight: 650 }));
  const near = new Set(picked ? [picked] : []);
  for (const link of what.links) if ([link.from, link.to].includes(picked)) near.add(link.from).add(link.to);
  const shown = what.links.filter(({ from, to }) => !picked || [from, to].includes(picked)), lettered = new Set();
  for (const link of what.links) svg.append(drawLine(link, nodes, shown.includes(link)));
  for (const link of shown) if (letters[link.led] && !lettered.has(link.row)) { // once for each connection
    lettered.add(link.row);
    svg.append(...drawLetter(link, nodes, letters[link.led]));
  }
  for (const [key, node] of nodes) if (node.kind !== "groups") svg.append(drawNode(node, key === picked, !picked || near.has(key)));
  return svg;
}

/** The three points of a link's curve. */
function curveOf({ from, to }, nodes) {
  const [one, other] = [from, to].map((key) => markOf(nodes.get(key)));
  const [dx, dy] = [other.x - one.x, other.y - one.y];
  return [one, { x: (one.x + other.x) / 2 - dy * BENT, y: (one.y + other.y) / 2 + dx * BENT }, other];
}

function drawLine(link, nodes, shown) {
  const [one, middle, other] = curveOf(link, nodes), strong = link.tie === "strong";
  return svgPart("path", { d: `M${one.x} ${one.y}Q${middle.x} ${middle.y} ${other.x} ${other.y}`, fill: "none", stroke: "var(--brand)",
    "stroke-width": strong ? 2.5 : 1.5, "stroke-dasharray": strong ? "none" : "5 4", opacity: shown ? CLEAR : FAINT });
}

function drawLetter(link, nodes, letter) {
  const [one, middle, other] = curveOf(link, nodes), at = { x: (one.x + 2 * middle.x + other.x) / 4, y: (one.y + 2 * middle.y + other.y) / 4 };
  return [svgPart("circle", { cx: at.x, cy: at.y, r: LETTER, fill: "var(--card)", stroke: "var(--brand)" }),
    svgLines([letter], at.x, at.y - heightOf([letter], SMALL) / 2 + 1, { size: SMALL, weight: 700, anchor: "middle" })];
}

function drawNode(node, picked, shown) {
  const { x, y, width, height, kind } = node, group = svgPart("g", { opacity: shown ? 1 : 0.45 });
  if (kind === "partner") {
    const lines = linesOf(node.name, width - 16, { size: SIZE, most: 2 });
    group.append(svgPart("rect", { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, rx: 8, fill: picked ? "var(--brand-wash)" : "var(--card)", stroke: "var(--brand)", "stroke-width": picked ? 2.5 : 1 }),
      svgLines(lines, x + width / 2, y + (height - heightOf(lines, SIZE)) / 2, { size: SIZE, anchor: "middle" }));
    return group;
  }
  const mark = markOf(node), fill = node.alone ? "var(--card)" : "var(--brand)";
  const weight = picked ? 700 : 400, code = svgLines(linesOf(node.code, width, { size: SIZE, weight, most: 1 }), mark.x, mark.y + DOT + 3, { size: SIZE, weight, anchor: "middle" });
  for (const [name, value] of Object.entries(HALO)) code.setAttribute(name, value);
  group.append(svgPart("circle", { cx: mark.x, cy: mark.y, r: picked ? DOT + 3 : DOT, fill, stroke: "var(--brand)", "stroke-width": 2 }), code);
  return group;
}
