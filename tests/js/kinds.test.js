// What a stored value is in words, for every kind of question.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fill } from "../../widgets/common/dom.js";
import { KINDS } from "../../widgets/form/kinds/index.js";

const CHOICES = [{ id: "a", label: "Apples" }, { id: "b", label: "Bread" }];
const QUESTION = { choices: CHOICES, unit: "days" };
const NAMES = { row0: "The north" };
const MONTHS = "January February March April May June July August September October November December";
const WORDS = { months: MONTHS, date: "{day} {month} {year}", series_many: "{count} values, the last from {day}" };
const say = (key, values) => fill(WORDS[key], values ?? {});
const by = { question: QUESTION, say, rowName: (id) => NAMES[id] ?? "" };

const TOLD = {
  answer: ["a", "Apples"],
  one: ["b", "Bread"],
  many: [["b", "a"], "Bread, Apples"],
  rank: [["b", "a"], "1. Bread, 2. Apples"],
  scale: ["a", "Apples"],
  row: ["row0", "The north"],
  date: ["2027-03-09", "9 March 2027"],
  number: ["3.5", "3.5 days"],
  series: ["2027-01-04 3\n2027-01-11 4", "2 values, the last from 11 January 2027"],
  text: ["a line", "a line"],
  long_text: ["two\nlines", "two\nlines"],
};

for (const [kind, { control, text }] of Object.entries(KINDS))
  test(`${kind} has a control, and says in words what was answered`, () => {
    const [value, words] = TOLD[kind];
    assert.equal(typeof control, "function");
    assert.equal(text(value, by), words);
  });

test("what the question has no words for any more is said as it was stored", () => {
  assert.equal(KINDS.one.text("gone", by), "gone");
  assert.equal(KINDS.many.text(["a", "gone"], by), "Apples, gone");
  assert.equal(KINDS.row.text("gone", by), "");
  for (const [given, unit, words] of [["57", "%", "57%"], ["-148000.25", "EUR", "-148,000.25 EUR"], ["2027", "", "2027"]]) {
    assert.equal(KINDS.number.text(given, { ...by, question: { unit } }), words);
  }
  assert.equal(KINDS.number.text("3", { ...by, question: { unit: "" } }), "3");
  for (const text of ["half typed", "18 Dec 2026", "2027-13-01"]) assert.equal(KINDS.date.text(text, by), text);
});
