// The map: where the sign of a link stands, and which part a name means.
import assert from "node:assert/strict";
import { test } from "node:test";
import { laidOut, lineOf, nextTo, signAt } from "../../widgets/views/system_map/layout.js";
import { partCalled } from "../../widgets/views/system_map/model.js";

const SIGN = 8;
const parts = (...names) => names.map((name) => ({ key: name, name, block: "people" }));

test("a sign stands on no part, though its link passes behind one, and on no other sign", () => {
  const { nodes } = laidOut({ parts: parts("top", "middle", "below", "foot") }, 280); // one part a line
  const line = lineOf(nodes.get("top"), nodes.get("below")), middle = nodes.get("middle");
  const first = signAt(line, nodes, [], SIGN), second = signAt(line, nodes, [first], SIGN);
  for (const { y } of [first, second]) assert.ok(y <= middle.y - SIGN / 2 || y >= middle.y + middle.height + SIGN / 2, `it covers the name at ${y}`);
  assert.ok(Math.hypot(first.x - second.x, first.y - second.y) >= 2 * SIGN);
});

test("where everything is taken, a sign stands in the middle of its link all the same", () => {
  const nodes = new Map([["all", { x: 0, y: 0, width: 500, height: 500 }]]);
  assert.deepEqual(signAt({ from: { x: 100, y: 100 }, bend: { x: 200, y: 200 }, to: { x: 300, y: 300 } }, nodes, [], SIGN), { x: 200, y: 200 });
});

test("an arrow key leads on in its line, and where the line ends to the nearest part beyond", () => {
  const at = (block, ...names) => names.map((name) => ({ key: name, name, block }));
  const { nodes } = laidOut({ parts: [...at("people", "A", "B"), ...at("processes", "C", "D"), ...at("information", "E")] }, 760);
  assert.equal(nextTo(nodes, "B", { x: 1, y: 0 }), "D");
  assert.equal(nextTo(nodes, "D", { x: 1, y: 0 }), "E");
  assert.equal(nextTo(nodes, "E", { x: 1, y: 0 }), "E");
});

test("a part is found by its name, whatever its capitals and spaces", () => {
  const all = parts("Claims handler", "Case file");
  assert.equal(partCalled(all, " claims  HANDLER ")?.key, "Claims handler");
  assert.equal(partCalled(all, "Claims"), null);
});
