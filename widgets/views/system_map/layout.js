// Where everything on the map stands, in CSS pixels, for the width there is. The frame of blocks decides: a part stays where its
// block is, so a map that is edited never jumps. Customers stand above the six blocks, what they are offered below.
import { PLACES } from "./model.js";

const GAP = 18, PAD = 12, HEAD = 30, ROW = 44, APART = 16, NARROW = 640, LEAST = 132, SOME = 3, OTHER_LINE = 10_000;

/** {height, boxes: [{block, x, y, width, height}], nodes: Map(row -> {x, y, width, height, block, name})}. A part without a block stands
 * in a box of its own at the end, which is there only then. */
export function laidOut({ parts }, width) {
  const nodes = new Map(), boxes = [], isNarrow = width < NARROW, rest = parts.filter(({ block }) => !PLACES.includes(block));
  const six = PLACES.slice(1, -1), lines = isNarrow ? PLACES.map((one) => [one]) : [[PLACES[0]], six.slice(0, SOME), six.slice(SOME), [PLACES.at(-1)]];
  if (rest.length) lines.push([""]);
  let y = 0;
  for (const line of lines) {
    const wide = (width - GAP * (line.length - 1)) / line.length;
    const across = Math.max(1, Math.floor((wide - 2 * PAD + APART) / (LEAST + APART))), cell = (wide - 2 * PAD - APART * (across - 1)) / across;
    const held = line.map((block) => (block ? parts.filter((one) => one.block === block) : rest));
    const rows = Math.max(1, ...held.map(({ length }) => Math.ceil(length / across)));
    const height = HEAD + rows * (ROW + APART) - APART + PAD;
    line.forEach((block, at) => {
      const x = at * (wide + GAP);
      boxes.push({ block, x, y, width: wide, height });
      held[at].forEach((part, place) => nodes.set(part.key, { ...part, x: x + PAD + (place % across) * (cell + APART), y: y + HEAD + Math.floor(place / across) * (ROW + APART), width: cell, height: ROW }));
    });
    y += height + GAP;
  }
  return { height: y - GAP, boxes, nodes };
}

const middle = ({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 });

/** The line of a link: {from, bend, to, angle}; it ends at the edge of the part that it leads to. */
export function lineOf(one, other) {
  const from = middle(one), end = middle(other), dx = end.x - from.x, dy = end.y - from.y;
  const bend = { x: from.x + dx / 2 - dy * 0.14, y: from.y + dy / 2 + dx * 0.14 };
  const [bx, by] = [end.x - bend.x, end.y - bend.y];
  const share = Math.min(other.width / 2 / Math.max(Math.abs(bx), 1e-6), other.height / 2 / Math.max(Math.abs(by), 1e-6), 1);
  return { from, bend, to: { x: end.x - bx * share, y: end.y - by * share }, angle: (Math.atan2(by, bx) * 180) / Math.PI };
}

const ALONG = Array.from({ length: 37 }, (_, at) => 0.5 + (at % 2 ? -1 : 1) * 0.02 * Math.ceil(at / 2)); // from the middle out

/** Where a link's sign stands: near its middle, and neither on a sign that is `taken` nor on a part, but for a part’s edge: names can be read. */
export function signAt({ from, bend, to }, nodes, taken, radius) {
  const at = (share) => {
    const [a, b, c] = [(1 - share) ** 2, 2 * share * (1 - share), share ** 2];
    return { x: a * from.x + b * bend.x + c * to.x, y: a * from.y + b * bend.y + c * to.y };
  };
  const reach = radius / 2, covers = ({ x, y }, node) => x > node.x - reach && x < node.x + node.width + reach && y > node.y - reach && y < node.y + node.height + reach;
  const isFree = (point) => ![...nodes.values()].some((node) => covers(point, node)) && !taken.some(({ x, y }) => Math.hypot(x - point.x, y - point.y) < 2 * radius);
  return ALONG.map(at).find(isFree) ?? at(ALONG[0]);
}

/** The part that is next to `key` in a direction, {x, y} of -1, 0 and 1; itself where there is none. */
export function nextTo(nodes, key, { x, y }) {
  const here = middle(nodes.get(key));
  let best = key, least = Infinity;
  for (const [other, node] of nodes) {
    const at = middle(node), along = x ? (at.x - here.x) * x : (at.y - here.y) * y, aside = Math.abs(x ? at.y - here.y : at.x - here.x);
    if (other === key || along <= 1) continue;
    const far = along + 2 * aside + (x && aside > ROW ? OTHER_LINE : 0); // only where the line ends
    if (far < least) [best, least] = [other, far];
  }
  return best;
}
