// What the page shows before the kernel has answered: the state with the operations done that are on their way.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rowIdOf } from "../../widgets/form/kept.js";
import { project } from "../../widgets/form/queue.js";

const OP = "01234567-89ab-cdef-0123-456789abcdef", MADE = rowIdOf(OP);
const field = (value, rev = 1) => ({ value, rev });

function state() {
  return {
    seq: 9,
    rows: { candidates: ["r1", "r2", "r3"], items: ["i1"] },
    fields: { name: field("Rivals", 4), "candidates/r1/what": field("Costs", 2), "candidates/r1/why": field(null, 3), "candidates/r10/what": field("Other") },
  };
}

const after = (...ops) => project(state(), ops);
const values = ({ fields }) => Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value]));

test("nothing on its way changes nothing, and what is told stays as it was", () => {
  const told = state();
  assert.deepEqual(project(told, []), state());
  project(told, [
    { kind: "set", field: "name", value: "x" }, { kind: "remove_row", table: "candidates", row: "r1" },
    { kind: "add_row", op_id: OP, table: "items", answers: { q: "a" } },
  ]);
  assert.deepEqual(told, state());
});

test("an answer shows at once, with the revision that is known", () => {
  assert.deepEqual(after({ kind: "set", field: "name", value: "Mine" }).fields.name, field("Mine", 4));
  assert.deepEqual(after({ kind: "set", field: "new", value: ["a"] }).fields.new, field(["a"], 0));
});

test("a new row stands last with what it is made with, and once only", () => {
  const op = { kind: "add_row", op_id: OP, table: "candidates", answers: { what: "Exit", kind: "market" } };
  const made = after(op, op);
  assert.deepEqual(made.rows.candidates, ["r1", "r2", "r3", MADE]);
  assert.equal(values(made)[`candidates/${MADE}/what`], "Exit");
  const known = state();
  known.rows.candidates = ["r1", MADE, "r2"];
  known.fields[`candidates/${MADE}/what`] = field("Changed since", 5);
  assert.deepEqual(project(known, [op]), known); // the kernel has done it; its answer is not here yet
});

test("a row goes with those that go along; one that is gone already takes none away", () => {
  assert.deepEqual(after({ kind: "remove_row", table: "candidates", row: "r2" }).rows, { candidates: ["r1", "r3"], items: ["i1"] });
  assert.deepEqual(after({ kind: "remove_row", table: "candidates", row: "r1", with: ["r3", "gone"] }).rows.candidates, ["r2"]);
  assert.deepEqual(after({ kind: "remove_row", table: "candidates", row: "gone" }).rows.candidates, ["r1", "r2", "r3"]);
});

test("a row moves by places, not past the ends, and takes answers along", () => {
  const order = (row, by) => after({ kind: "move_row", table: "candidates", row, by }).rows.candidates.join(" ");
  assert.equal(order("r1", 1), "r2 r1 r3");
  assert.equal(order("r3", -2), "r3 r1 r2");
  assert.equal(order("r1", -1), "r1 r2 r3");
  assert.equal(order("r1", -5), "r1 r2 r3");
  assert.equal(order("r1", 5), "r2 r3 r1");
  assert.equal(order("gone", 1), "r1 r2 r3");
  const moved = after({ kind: "move_row", table: "candidates", row: "r1", by: 0, answers: { what: "Below", parent: "r2" } });
  assert.deepEqual(moved.fields["candidates/r1/what"], field("Below", 3));
  assert.equal(values(moved)["candidates/r1/parent"], "r2");
});

test("a copy stands behind its row with what is answered there, and with nothing of other rows", () => {
  const made = after({ kind: "duplicate_row", op_id: OP, table: "candidates", row: "r1" });
  assert.deepEqual(made.rows.candidates, ["r1", MADE, "r2", "r3"]);
  assert.deepEqual(Object.keys(made.fields).filter((name) => name.includes(MADE)), [`candidates/${MADE}/what`]);
  assert.equal(values(made)[`candidates/${MADE}/what`], "Costs");
});

test("operations are done one after the other; what only the kernel can do waits for it", () => {
  const made = after(
    { kind: "add_row", op_id: OP, table: "candidates" }, { kind: "move_row", table: "candidates", row: MADE, by: -3 },
    { kind: "set", field: `candidates/${MADE}/what`, value: "First" }, { kind: "remove_row", table: "candidates", row: "r1" },
    { kind: "undo" }, { kind: "paste_rows", table: "candidates", text: "a\nb" }, { kind: "set", field: "name", value: null },
  );
  assert.deepEqual(made.rows.candidates, [MADE, "r2", "r3"]);
  assert.deepEqual([values(made)[`candidates/${MADE}/what`], values(made).name, made.seq], ["First", null, 9]);
});
