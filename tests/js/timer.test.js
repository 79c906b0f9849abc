// The timer of a class: what it shows by the second, and what is said aloud, once each.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Clock, Element, layPage } from "./stand_ins.js";

const WORDS = ["time_left", "until", "time_over", "timer_over", "timer_minute", "timer_half", "timer_starts", "timer_more", "timer_stopped"];
layPage(Object.fromEntries(WORDS.map((key) => [key, key])));
const { makeTimer } = await import("../../playbook/server/cohort/static/timer.js");
const MINUTE = 60_000;
let clock, place, said, timer;

beforeEach(() => {
  clock = new Clock();
  place = new Element();
  said = [];
  timer = makeTimer(place, (text) => said.push(text));
});
afterEach(() => clock.stop());

/** The server says that the timer ends in so many minutes; its clock may be ahead of ours. */
function tell(minutes, ahead = 0) {
  const now = clock.now + ahead;
  timer.update(minutes === null ? null : new Date(now + minutes * MINUTE).toISOString(), new Date(now).toISOString());
}
const face = () => place.children[0].children[0].textContent;
const note = () => place.children[0].children.at(-1).textContent;

test("without a timer nothing is shown or said", async () => {
  tell(null);
  await clock.turn(5_000);
  assert.deepEqual([place.hidden, said], [true, []]);
});

test("a timer that starts is told, and again at half, a minute before the end, and at the end", async () => {
  tell(null);
  tell(10);
  assert.deepEqual([place.hidden, face(), said], [false, "10:00", ["timer_starts"]]);
  const heard = [];
  for (let second = 1; second <= 10 * 60 + 5; second += 1) {
    const before = said.length;
    await clock.turn(1_000);
    if (second < 600) assert.equal(face(), `${Math.floor((600 - second) / 60)}:${String((600 - second) % 60).padStart(2, "0")}`);
    if (said.length > before) heard.push([second, ...said.slice(before)]);
  }
  assert.deepEqual(heard, [[300, "timer_half"], [540, "timer_minute"], [600, "timer_over"]]);
  assert.deepEqual([face(), note()], ["0:00", "time_over"]);
});

test("a page that opens meanwhile says nothing of what was before", async () => {
  tell(0.5);
  await clock.turn(1_000);
  assert.deepEqual([face(), said], ["0:29", []]);
  await clock.turn(30_000);
  assert.deepEqual(said, ["timer_over"]);
});

test("a page that opens after the end says nothing at all", async () => {
  tell(-3);
  await clock.turn(5_000);
  assert.deepEqual([face(), said], ["0:00", []]);
});

test("the server's clock counts, not the browser's", async () => {
  tell(5, -7 * MINUTE);
  assert.equal(face(), "5:00");
  await clock.turn(60_000);
  assert.equal(face(), "4:00");
});

test("more time is told as that, and its own half and end are said anew", async () => {
  tell(null);
  tell(2);
  await clock.turn(90_000);
  assert.deepEqual(said, ["timer_starts", "timer_minute"]);
  tell(5.5);
  assert.deepEqual([said.at(-1), face()], ["timer_more", "5:30"]);
  await clock.turn(6 * MINUTE);
  assert.deepEqual(said.slice(3), ["timer_half", "timer_minute", "timer_over"]);
});

test("a short timer has no half of its own", async () => {
  tell(null);
  tell(1.5);
  await clock.turn(2 * MINUTE);
  assert.deepEqual(said, ["timer_starts", "timer_minute", "timer_over"]);
});

test("the same word from the server changes nothing; a stop takes it away and is told", async () => {
  tell(null);
  tell(10);
  const ends = clock.now + 10 * MINUTE;
  await clock.turn(2 * MINUTE);
  tell((ends - clock.now) / MINUTE);
  assert.deepEqual([said, face()], [["timer_starts"], "8:00"]);
  tell(null);
  assert.deepEqual([said, place.hidden], [["timer_starts", "timer_stopped"], true]);
  await clock.turn(20 * MINUTE);
  assert.equal(said.length, 2);
});
