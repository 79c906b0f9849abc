// Where the picture of connections puts everybody, and where the arrow keys lead.
import assert from "node:assert/strict";
import { test } from "node:test";
import { laidOut, markOf, nextTo } from "../../widgets/views/connect/layout.js";
import { codesIn, pictured } from "../../widgets/views/connect/network.js";

const row = (over) => ({ row: "r", partner: "", ring: "", tie: "", hours: null, led: "", came: "", members: [], others: [], ...over });
const GROUPS = Array.from({ length: 4 }, (_, at) => ({ name: `Group ${at + 1}`, members: Array.from({ length: 6 }, (__, one) => `H${at}${one}`) }));
const CONNECTIONS = [
  row({ row: "a", partner: "Families", ring: "customers", members: ["H00", "H15"] }),
  row({ row: "b", partner: "families", ring: "customers", members: ["H31"] }),
  row({ row: "c", partner: "The lab", ring: "outside" }),
  row({ row: "d", partner: "Mornings", ring: "within", members: ["H00"], others: ["H01", "X9"] }),
  row({ row: "e", partner: "Who knows" }),
];
const WHAT = pictured({ connections: CONNECTIONS, groups: GROUPS });

test("everybody stands once, inside the picture, and no two marks on one spot, however wide it is", () => {
  for (const width of [270, 340, 764, 1400]) {
    const { nodes, height } = laidOut(WHAT, width), keys = [...nodes.keys()];
    assert.equal(keys.filter((key) => key.startsWith("member")).length, 25);
    assert.deepEqual(keys.filter((key) => key.startsWith("partner")), ["partner families", "partner the lab", "partner who knows"]);
    for (const [key, { x, y, width: wide, height: high }] of nodes) assert.ok(x >= 0 && x + wide <= width + 0.01 && y >= 0 && y + high <= height, `${key} at ${width}`);
    const marks = keys.map((key) => markOf(nodes.get(key))).map(({ x, y }) => `${x} ${y}`);
    assert.equal(new Set(marks).size, keys.length);
  }
});

test("a link leads from each member to each other one, else to the partner, else from the groups", () => {
  assert.deepEqual(WHAT.links.map(({ row: id, from, to }) => `${id}: ${from} > ${to}`), [
    "a: member H00 > partner families", "a: member H15 > partner families", "b: member H31 > partner families",
    "c: groups > partner the lab", "d: member H00 > member H01", "d: member H00 > member X9", "e: groups > partner who knows",
  ]);
});

test("whom no row names is alone, and who is in no group stands in a box without a name", () => {
  const members = WHAT.boxes.flatMap((box) => box.members);
  assert.deepEqual(members.filter(({ alone }) => !alone).map(({ code }) => code), ["H00", "H01", "H15", "H31", "X9"]);
  assert.deepEqual(WHAT.boxes.at(-1), { name: "", members: [{ key: "member X9", code: "X9", alone: false }] });
});

test("arrow keys lead to a neighbour, from everywhere to everywhere, and stop at the edge", () => {
  for (const width of [340, 764]) {
    const { nodes } = laidOut(WHAT, width), all = [...nodes].filter(([, { kind }]) => kind !== "groups").map(([key]) => key);
    const seen = new Set([all[0]]), queue = [all[0]];
    for (const key of queue) for (const way of [{ x: 1, y: 0 }, { x: -1, y: 0 }, { x: 0, y: 1 }, { x: 0, y: -1 }]) {
      const next = nextTo(nodes, key, way);
      if (!seen.has(next)) { seen.add(next); queue.push(next); }
    }
    assert.deepEqual([...seen].sort(), [...all].sort());
    assert.equal(nextTo(nodes, "partner families", { x: 0, y: -1 }), "partner families");
  }
});

test("codes are read as the kernel reads them", () => assert.deepEqual(codesIn(" h05, H22; h05 "), ["H05", "H22"]));
