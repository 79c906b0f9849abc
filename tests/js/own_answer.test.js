// One's own answer in words: it stays beside what comes later, so it must say what was answered.
import assert from "node:assert/strict";
import { test } from "node:test";
import { layPage } from "./stand_ins.js";

layPage({ range_told: "{low} to {high}", sure_of: "{value} of 100" });
const { ownWords } = await import("../../playbook/server/cohort/static/own_answer.js");
const vote = (more = {}) => ({ kind: "one", form: "", unit: "", choices: [{ id: "a", label: "Ask" }, { id: "b", label: "Begin" }, { id: "c", label: "Wait" }], ...more });

test("each kind of answer is told as it was given, with the letters of the wall", () => {
  /** @type {[any, any, string][]} */
  const told = [
    [vote(), "b", "B Begin"],
    [vote({ kind: "many" }), ["c", "a"], "C Wait, A Ask"],
    [vote({ kind: "rank", form: "order" }), ["c", "a", "b"], "C Wait → A Ask → B Begin"],
    [vote({ kind: "number", form: "range", unit: "%" }), ["20", "40"], "20 to 40%"],
    [vote({ kind: "number", form: "range" }), ["-3", "40"], "-3 to 40"],
    [vote({ kind: "scale", form: "sure", choices: [{ id: "s60", label: "60" }] }), "s60", "60 of 100"],
    [vote({ kind: "text", choices: [] }), "<b>They</b> know", "<b>They</b> know"],
  ];
  for (const [asked, value, said] of told) assert.equal(ownWords(asked, value), said);
});

test("nothing is told of no answer, or of one to a choice that is gone", () => {
  assert.equal(ownWords(vote(), null), null);
  assert.equal(ownWords(vote(), undefined), null);
  assert.equal(ownWords(vote(), "gone"), null);
});
