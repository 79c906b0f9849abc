// Five phases and three gates: how far each is, as the words in report/governance/path.py say it, too.
import assert from "node:assert/strict";
import { test } from "node:test";
import { stopsOf } from "../../widgets/views/governance/path.js";

const choices = (ids) => ids.map((id) => ({ id, label: id }));
const questions = [{ id: "phase", choices: choices(["discovery", "design", "pilot", "rollout", "refine"]) },
  { id: "gate", choices: choices(["pilot", "evaluate", "scale"]) }];

function told(fields, rows = {}) {
  const ctx = {
    sheet: { sections: [{ questions }] }, rows: (table) => rows[table] ?? [], value: (name) => fields[name] ?? null,
    say: (key, values) => (key === "months" ? "January February" : key === "date" ? `${values.day} ${values.month}` : key),
  };
  return stopsOf(ctx, (key) => key).map(({ kind, name, state, day }) => [kind, name, state, day].filter(Boolean).join(" "));
}

test("a gate lies behind from the phase on that it opens", () => {
  const states = (phase) => told(phase ? { phase } : {}).map((one) => one.split(" ").at(-1)[0]).join("");
  assert.equal(states(null), "uuuuuuuu");
  assert.equal(states("discovery"), "haaaaaaa"); // discovery, design, [pilot], pilot, [evaluate], [scale], rollout, refinement
  assert.equal(states("design"), "bhaaaaaa");
  assert.equal(states("pilot"), "bbbhaaaa");
  assert.equal(states("rollout"), "bbbbbbha");
  assert.equal(states("refine"), "bbbbbbbh");
});

test("the last day of a phase and of a gate stands beside it", () => {
  const fields = { phase: "pilot", "phases/a/phase_of": "pilot", "phases/a/phase_day": "2027-02-01", "phases/b/phase_of": "pilot",
    "phases/b/phase_day": "2027-01-09", "gates/g/gate": "pilot", "gates/g/gate_day": "2027-01-04", "gates/x/gate_day": "2027-02-02" };
  const found = told(fields, { phases: ["a", "b"], gates: ["g", "x"] });
  assert.equal(found[2], "gate gate_name behind 4 January");
  assert.equal(found[3], "phase pilot here 1 February");
});
