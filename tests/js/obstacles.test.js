// Obstacles by kind, as the board counts them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { byKind } from "../../widgets/views/obstacles/obstacles.js";

test("open ones are counted by kind, the most frequent first, with what they block", () => {
  const one = (kind, blocks, isOpen = true) => ({ kind, blocks, isOpen });
  const told = byKind([one("cultural", ["trust"]), one("systemic", []), one("systemic", ["risk", "trust"]), one("systemic", ["risk"], false)]);
  assert.deepEqual(told, [{ kind: "systemic", count: 2, blocks: { risk: 1, trust: 1 } }, { kind: "cultural", count: 1, blocks: { trust: 1 } }]);
  assert.deepEqual(byKind([]), []);
});
