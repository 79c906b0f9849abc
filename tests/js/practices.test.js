// Check-ins by week, as the page counts them: like analysis/practices/weeks.py.
import assert from "node:assert/strict";
import { test } from "node:test";
import { byWeek, isoToday, mondayOf } from "../../widgets/views/practices/calendar.js";

const rowsOf = (all) => [Object.keys(all), (row, question) => all[row][question] ?? null];

test("a week begins on Monday, also at the end of a year", () => {
  assert.deepEqual(["2027-01-18", "2027-01-24", "2027-01-25", "2026-12-31", "2027-01-03"].map(mondayOf),
    ["2027-01-18", "2027-01-18", "2027-01-25", "2026-12-28", "2026-12-28"]);
});

test("today is the reader's own day, whatever the hour", () => {
  assert.equal(isoToday(new Date(2027, 0, 18, 0, 1)), "2027-01-18");
  assert.equal(isoToday(new Date(2027, 0, 18, 23, 59)), "2027-01-18");
});

test("a week without a check-in is a gap, and the words turn from one check-in to the next", () => {
  const { weeks, undated } = byWeek(...rowsOf({
    d: { week: "2027-02-11", matched: "partly" },
    a: { week: "2027-01-21", matched: "no" },
    b: { week: "2027-01-28", matched: "yes" },
    c: { week: "2027-01-29", matched: "partly" },
    e: { matched: "yes" },
  }));
  assert.deepEqual(weeks.map(({ number, rows, matched, turn }) => [number, rows, matched, turn]), [
    [1, ["a"], "no", "first"],
    [2, ["b", "c"], "partly", "up"], // of two answers the less good one counts
    [3, [], null, null],
    [4, ["d"], "partly", "level"],
  ]);
  assert.deepEqual(undated, ["e"]);
});

test("nothing is said of words that nobody spoke of", () => {
  const { weeks } = byWeek(...rowsOf({ a: { week: "2027-01-21", matched: "yes" }, b: { week: "2027-01-28" }, c: { week: "2027-02-04", matched: "no" } }));
  assert.deepEqual(weeks.map(({ turn }) => turn), ["first", "none", "down"]);
  assert.deepEqual(byWeek(...rowsOf({})), { weeks: [], undated: [] });
});
