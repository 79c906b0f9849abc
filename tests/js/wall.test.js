// What the wall shows: one thing, with nothing in it that is not shown.
import assert from "node:assert/strict";
import { test } from "node:test";
import { canShow, sceneOf } from "../../playbook/server/cohort/static/wall_scene.js";

const door = { open: true, over: false, at: "https://class.example/join", code: "7K4M-2QPD", qr: "data:", left: 40, link: "" };
const state = (kind, poll, more = {}) => ({
  wall: { kind, poll }, door, people: 6, votes: [], turnout: {}, gallery: [], agreements: [], teams: null, matrix: null, step: null, sheet: null, note: null, ...more,
});

test("the way in stands there where nothing else can", () => {
  for (const kind of ["join", "vote", "result", "teams", "matrix", "gallery", "agreed", "note", "unheard"]) {
    assert.equal(sceneOf(state(kind, "gone")).kind, "join", kind);
  }
  assert.equal(sceneOf(state("blank", null)).kind, "blank");
});

test("only what is there can be put on the wall", () => {
  for (const kind of ["note", "teams", "matrix", "gallery", "agreed"]) assert.equal(canShow(state("join", null), kind), false, kind);
  assert.equal(canShow(state("join", null, { note: "Talk in pairs" }), "note"), true);
});

test("an open vote is drawn without what was published of it", () => {
  const votes = [{ id: "v", text: "Which?", state: "open", result: { counts: { a: 7 } } }, { id: "w", text: "Why?", state: "revealed", result: { counts: {} } }];
  const scene = sceneOf(state("vote", "v", { votes, turnout: { v: { answered: 3, of: 6 } } }));
  assert.deepEqual(scene, { kind: "vote", vote: { ...votes[0], result: null }, turnout: { answered: 3, of: 6 } });
  assert.equal(sceneOf(state("result", "w", { votes })).vote.text, "Why?");
});

test("what a team decided is in no scene before it is shown to all", () => {
  const rows = [{ team: "One", decision: "Monday", decided: true, shown: true }, { team: "Two", decision: "Never", decided: true, shown: false }, { team: "Three", decision: null, decided: false, shown: true }];
  const told = (revealed) => sceneOf(state("matrix", null, { matrix: { question: "When?", rows, revealed } })).rows.map(({ text, decided }) => [text, decided]);
  assert.deepEqual(told(false), [[null, true], [null, true], [null, false]]);
  assert.deepEqual(told(true), [["Monday", true], [null, true], [null, false]]);
});

test("agreed actions that were looked at again, and pages that are not shown, stay away", () => {
  const agreements = [{ id: "1", what: "Ask", review: null }, { id: "2", what: "Old", review: "done" }];
  assert.deepEqual(sceneOf(state("agreed", null, { agreements })).agreed, [agreements[0]]);
  const gallery = [{ id: "r", title: "Right", side: 2, mine: false }, { id: "n", title: "None", side: null, mine: false }, { id: "l", title: "Left", side: 1, mine: false }];
  assert.deepEqual(sceneOf(state("gallery", null, { gallery })).shown, [{ id: "l", title: "Left" }, { id: "r", title: "Right" }]);
});
