// Where cards stand, for any tree.
import assert from "node:assert/strict";
import { test } from "node:test";
import { SIZE, edgePath, layout } from "../../widgets/views/metric_tree/layout.js";
import { placesToMove } from "../../widgets/views/metric_tree/model.js";

const TREES = 300;

/** Numbers from 0 to 1 that are the same in every run (a linear congruential generator). */
function numbersFrom(seed) {
  let last = seed;
  return () => { last = (last * 1_664_525 + 1_013_904_223) % 2 ** 32; return last / 2 ** 32; };
}

/** A tree of any shape; a metric's key says where it hangs ("0.2.1"). */
function anyTree(random, key, depth = 0) {
  const count = depth > 4 ? 0 : Math.floor(random() * random() * 6);
  return { key, children: Array.from({ length: count }, (_, place) => anyTree(random, `${key}.${place}`, depth + 1)) };
}

const wholeBranch = (node) => [node, ...node.children.flatMap(wholeBranch)];
const band = (node, places) => {
  const all = wholeBranch(node).map(({ key }) => places.get(key).y);
  return [Math.min(...all), Math.max(...all) + SIZE.height];
};

function assertApart(siblings, gap, places) {
  siblings.slice(1).forEach((node, before) => {
    const [, foot] = band(siblings[before], places), [top] = band(node, places);
    assert.ok(foot + gap <= top, `${siblings[before].key} reaches into ${node.key}`);
  });
}

test("subtrees never overlap, what moves a metric stands to its right, and a parent halfway down", () => {
  const random = numbersFrom(1);
  for (let run = 0; run < TREES; run += 1) {
    const roots = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, place) => anyTree(random, String(place)));
    const { places, width, height } = layout(roots), all = roots.flatMap(wholeBranch);
    assert.deepEqual(layout(structuredClone(roots)).places, places);
    assert.equal(places.size, all.length);
    assertApart(roots, SIZE.apart, places);
    for (const node of all) {
      const { x, y } = places.get(node.key), under = node.children.map(({ key }) => places.get(key));
      assertApart(node.children, SIZE.down, places);
      for (const child of under) assert.equal(child.x, x + SIZE.width + SIZE.across);
      if (under.length) assert.equal(2 * y, under[0].y + under.at(-1).y);
    }
    const ys = [...places.values()].map(({ y }) => y), xs = [...places.values()].map(({ x }) => x);
    assert.deepEqual([Math.min(...ys), height, width], [0, Math.max(...ys) + SIZE.height, Math.max(...xs) + SIZE.width]);
  }
});

test("without metrics there is nothing to draw", () => {
  assert.deepEqual(layout([]), { places: new Map(), width: 0, height: 0 });
});

test("a line runs from the middle of a card's left side to the middle of the other's right", () => {
  const size = { width: 10, height: 4, across: 6, down: 2, apart: 3 };
  assert.equal(edgePath({ x: 16, y: 0 }, { x: 0, y: 8 }, size), "M16 2C13 2 13 10 10 10");
});

test("moving a row among all rows puts it before the sibling that was meant", () => {
  const random = numbersFrom(2);
  for (let run = 0; run < TREES; run += 1) {
    const rows = Array.from({ length: 1 + Math.floor(random() * 8) }, (_, place) => `r${place}`);
    const row = rows[Math.floor(random() * rows.length)];
    const siblings = rows.filter((one) => one === row || random() < 0.5), place = Math.floor(random() * siblings.length);
    const moved = rows.filter((one) => one !== row);
    moved.splice(rows.indexOf(row) + placesToMove(rows, row, siblings, place), 0, row); // as the kernel does it
    const wanted = siblings.filter((one) => one !== row);
    wanted.splice(place, 0, row);
    assert.deepEqual(moved.filter((one) => siblings.includes(one)), wanted);
  }
});
