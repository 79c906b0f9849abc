// The map as an SVG: the frame, the blocks, the links with their signs, and the parts above them.
import { heightOf, linesOf, svgLines, svgPart } from "../../common/drawing.js";
import { laidOut, lineOf, signAt } from "./layout.js";

const SIZE = 13, SIGN = 8, FAINT = 0.1, MOST_SIGNS = 80; // more signs than that hide the lines
const LOOKS = { helps: ["var(--brand)", "none", "+"], harms: ["var(--fail)", "7 4", "−"], unsure: ["var(--soft)", "2 4", "?"] };

/** `shown` are the blocks that are there by now; `marked` are links and parts to stand out, by key: "new" or "gone". */
export function drawMap(map, { titles, picked = null, shown = null, marked = new Map() }, width) {
  const { height, boxes, nodes } = laidOut(map, width), isShown = (block) => !shown || shown.includes(block);
  const svg = svgPart("svg", { width, height, viewBox: `0 0 ${width} ${height}` });
  for (const box of boxes) {
    if (!isShown(box.block)) continue;
    const isFrame = ["customers", "offering", ""].includes(box.block);
    svg.append(svgPart("rect", { x: box.x + 0.5, y: box.y + 0.5, width: box.width - 1, height: box.height - 1, rx: 8, fill: isFrame ? "none" : "var(--wash)", stroke: "var(--line)", "stroke-dasharray": isFrame ? "6 4" : "none" }),
      svgLines(linesOf(titles[box.block], box.width - 20, { weight: 650, most: 1 }), box.x + 12, box.y + 7, { weight: 650 }));
  }
  const links = map.links.filter(({ from, to }) => [from, to].every((key) => isShown(nodes.get(key).block)));
  const near = new Set([picked]), mine = ({ from, to }) => !picked || [from, to].includes(picked);
  for (const link of links) if (picked && mine(link)) near.add(link.from).add(link.to);
  svg.append(...drawLinks(links, nodes, mine, marked));
  for (const [key, node] of nodes) if (isShown(node.block)) svg.append(drawPart(node, key === picked, !picked || near.has(key), marked.get(key)));
  const signed = links.filter(mine), taken = [];
  if (signed.length <= MOST_SIGNS) for (const link of signed) {
    taken.push(signAt(lineOf(nodes.get(link.from), nodes.get(link.to)), nodes, taken, SIGN));
    svg.append(drawSign(link, taken.at(-1)));
  }
  return svg;
}

/** Links that look alike, as one line and its heads: six hundred elements of their own take half a second. */
function drawLinks(links, nodes, mine, marked) {
  const alike = new Map();
  for (const link of links) {
    const look = [LOOKS[link.effect] ? link.effect : "unsure", mine(link), marked.has(link.key)].join();
    if (!alike.has(look)) alike.set(look, []);
    alike.get(look).push(link);
  }
  return [...alike.values()].map((some) => {
    const [stroke, dashes] = LOOKS[some[0].effect] ?? LOOKS.unsure, opacity = mine(some[0]) ? 1 : FAINT;
    const lines = some.map((link) => lineOf(nodes.get(link.from), nodes.get(link.to)));
    return svgPart("g", { "stroke-opacity": opacity, "fill-opacity": opacity },
      svgPart("path", { d: lines.map(({ from, bend, to }) => `M${from.x} ${from.y}Q${bend.x} ${bend.y} ${to.x} ${to.y}`).join(""), fill: "none", stroke, "stroke-width": marked.has(some[0].key) ? 4 : 1.7, "stroke-dasharray": dashes }),
      svgPart("path", { d: lines.map(headOf).join(""), fill: stroke }));
  });
}

/** The head of an arrow: its tip, and two corners behind it. */
function headOf({ to, angle }) {
  const turn = (angle * Math.PI) / 180, corner = (side) => `L${to.x - 9 * Math.cos(turn) - side * Math.sin(turn)} ${to.y - 9 * Math.sin(turn) + side * Math.cos(turn)}`;
  return `M${to.x} ${to.y}${corner(-4.5)}${corner(4.5)}Z`;
}

function drawSign(link, { x, y }) {
  const [stroke, , sign] = LOOKS[link.effect] ?? LOOKS.unsure;
  return svgPart("g", {}, svgPart("circle", { cx: x, cy: y, r: SIGN, fill: "var(--card)", stroke }), svgLines([sign], x, y - heightOf([sign], SIZE) / 2 + 1, { size: SIZE, weight: 700, anchor: "middle" }));
}

function drawPart({ name, x, y, width, height }, isPicked, isClear, mark) {
  const lines = linesOf(name || "…", width - 12, { size: SIZE });
  return svgPart("g", { opacity: isClear ? 1 : 0.45 },
    svgPart("rect", { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, rx: 8, fill: isPicked ? "var(--brand-wash)" : "var(--card)", stroke: mark ? "var(--warn)" : "var(--brand)", "stroke-width": isPicked || mark ? 3 : 1 }),
    svgLines(lines, x + width / 2, y + (height - heightOf(lines, SIZE)) / 2, { size: SIZE, anchor: "middle" }));
}
