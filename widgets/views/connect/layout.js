// Where everything in the picture of connections stands, in CSS pixels, for the width there is.

const GAP = 14, PAD = 10, HEAD = 26, CELL = 62, ROW = 58, APART = 34;
const CHIP = 168, CHIP_HIGH = 48;
const BANDS = ["customers", "groups", "inside", "outside", "unsorted"];

/** {width, height, heads: [{band, y}], boxes: [{name, x, y, width, height}], nodes: Map(key -> {x, y, width, height, kind, ...})} of
 * what `pictured` gives; from the top: customers, the groups, whom they meet inside, outside, and what has no place yet. */
export function laidOut({ boxes, partners }, width) {
  const nodes = new Map(), heads = [], frames = [];
  let y = 0;
  for (const band of BANDS) {
    if (band === "groups") {
      heads.push({ band, y });
      nodes.set("groups", { kind: "groups", x: 0, y, width, height: HEAD });
      y = placeBoxes(boxes, { width, y: y + HEAD, nodes, frames }) + APART;
    } else if (partners[band].length) {
      heads.push({ band, y });
      y = placeChips(partners[band], { width, y: y + HEAD, nodes }) + APART;
    }
  }
  return { width, height: Math.max(0, y - APART), heads, boxes: frames, nodes };
}

function placeChips(chips, { width, y, nodes }) {
  const across = Math.max(1, Math.min(chips.length, Math.floor((width + GAP) / (CHIP + GAP)))), wide = (width - GAP * (across - 1)) / across;
  chips.forEach((chip, at) => nodes.set(chip.key, { ...chip, kind: "partner", x: (at % across) * (wide + GAP), y: y + Math.floor(at / across) * (CHIP_HIGH + GAP), width: wide, height: CHIP_HIGH }));
  return y + Math.ceil(chips.length / across) * (CHIP_HIGH + GAP) - GAP;
}

function placeBoxes(boxes, { width, y, nodes, frames }) {
  const across = Math.max(1, Math.min(boxes.length, Math.floor((width + GAP) / (2 * CELL + 2 * PAD + GAP))));
  const wide = (width - GAP * (across - 1)) / across, perLine = Math.max(1, Math.floor((wide - 2 * PAD) / CELL));
  let top = y;
  for (let first = 0; first < boxes.length; first += across) {
    const line = boxes.slice(first, first + across);
    const tall = Math.max(...line.map(({ members, name }) => (name ? HEAD : PAD) + Math.ceil(members.length / perLine) * ROW + PAD));
    line.forEach((box, place) => {
      const x = place * (wide + GAP), head = box.name ? HEAD : PAD, cell = (wide - 2 * PAD) / perLine;
      frames.push({ name: box.name, x, y: top, width: wide, height: tall });
      box.members.forEach((one, at) => nodes.set(one.key, {
        ...one, kind: "member", group: box.name, x: x + PAD + (at % perLine) * cell, y: top + head + Math.floor(at / perLine) * ROW, width: cell, height: ROW,
      }));
    });
    top += tall + GAP;
  }
  return boxes.length ? top - GAP : top;
}

/** The middle of a node's mark: a member's dot stands above the code. */
export function markOf({ kind, x, y, width, height }) {
  if (kind === "member") return { x: x + width / 2, y: y + 18 };
  return { x: x + width / 2, y: kind === "groups" ? y + height - 6 : y + height / 2 };
}

/** The key of the node that is next to `key` in a direction, {x, y} of -1, 0 and 1; itself where there is none. */
export function nextTo(nodes, key, { x, y }) {
  const here = markOf(nodes.get(key));
  let best = key, least = Infinity;
  for (const [other, node] of nodes) {
    if (other === key || node.kind === "groups") continue;
    const at = markOf(node), along = x ? (at.x - here.x) * x : (at.y - here.y) * y, aside = Math.abs(x ? at.y - here.y : at.x - here.x);
    if (along <= 1 || (x && aside > ROW)) continue;
    const far = along + 2 * aside;
    if (far < least) [best, least] = [other, far];
  }
  return best;
}
