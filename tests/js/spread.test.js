// Groups that grew out of others, as a tree.
import assert from "node:assert/strict";
import { test } from "node:test";
import { lineage } from "../../widgets/views/act_gate/spread.js";

const told = (...grown) => lineage(grown.map(([name, spin_from]) => ({ name, spin_from })), "The pilot")
  .map(({ depth, name }) => `${depth} ${name}`);

test("a new group stands below the one that it grew out of", () => {
  assert.deepEqual(told(["Motor", "Group 2: two of them told"], ["Vans", "out of MOTOR"], ["Boats", null], ["Bikes", "group  2"]),
    ["1 Group 2", "2 Motor", "3 Vans", "2 Bikes", "1 The pilot", "2 Boats"]);
});

test("groups that name each other are told once each", () => {
  assert.deepEqual(told(["A1", "B1"], ["B1", "A1"], ["C1", "B1"]), ["1 B1", "2 A1", "1 A1", "2 B1", "3 C1"]);
  assert.deepEqual(told(["A1", "A1"]), ["1 A1", "2 A1"]);
  assert.deepEqual(told(), []);
});
