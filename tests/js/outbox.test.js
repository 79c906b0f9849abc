// Answers of a class on their way: kept until the server has them, whatever the connection does.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Clock, layPage, layStorage, settled } from "./stand_ins.js";

layPage({});
const { makeOutbox } = await import("../../playbook/server/cohort/static/outbox.js");
const KEY = "pb:room:ann:v1", real = { fetch: globalThis.fetch };
let clock, kept, asked, answer, told, listeners;

beforeEach(() => {
  clock = new Clock();
  [asked, told, listeners] = [[], [], new Map()];
  answer = () => ({ status: 200 });
  kept = layStorage();
  globalThis.addEventListener = (name, listen) => listeners.set(name, listen);
  globalThis.fetch = /** @type {any} */ (async (address, { body, headers }) => {
    asked.push({ address, headers, ...JSON.parse(body) });
    const { status, text = "" } = await answer();
    return { ok: status === 200, status, json: () => Promise.resolve({ text }) };
  });
});
afterEach(() => { clock.stop(); globalThis.fetch = real.fetch; });

const outboxOf = (who = "ann") => makeOutbox(who, (...what) => told.push(what));
const values = () => asked.map(({ value }) => value);
const offline = () => { throw new TypeError("Failed to fetch"); };

test("an answer is sent after its pause, the last one alone, and forgotten once the server has it", async () => {
  const outbox = outboxOf();
  for (const value of ["a", "b", "c"]) outbox.put("v1", { value }, 700);
  assert.deepEqual(outbox.waiting("v1"), { value: "c" });
  await clock.turn(699);
  assert.deepEqual(asked, []);
  await clock.turn(1);
  assert.deepEqual(asked.map(({ address, vote, value }) => [address, vote, value]), [["/room/answer", "v1", "c"]]);
  assert.equal(asked[0].headers["X-XSRFToken"], "secret");
  assert.deepEqual([outbox.waiting("v1"), KEY in kept, told.at(-1)], [null, false, ["v1", "sent", undefined]]);
});

test("without a connection it is kept, and sent again until it arrives", async () => {
  answer = offline;
  const outbox = outboxOf();
  outbox.put("v1", { value: "kept" });
  await clock.turn(0);
  assert.deepEqual(told.map(([, what]) => what), ["waiting", "kept"]);
  await clock.turn(6_000);
  assert.equal(asked.length, 3);
  answer = () => ({ status: 200 });
  await clock.turn(3_000);
  assert.deepEqual([asked.length, outbox.waiting("v1"), told.at(-1)[1]], [4, null, "sent"]);
  await clock.turn(60_000);
  assert.equal(asked.length, 4);
});

test("when the browser is online again, it does not wait for the next turn", async () => {
  answer = offline;
  outboxOf().put("v1", { value: "kept" });
  await clock.turn(0);
  answer = () => ({ status: 200 });
  listeners.get("online")();
  await settled();
  assert.equal(told.at(-1)[1], "sent");
});

for (const [status, what] of /** @type {const} */ ([[400, "refused"], [404, "refused"], [409, "refused"], [403, "kept"], [500, "kept"], [503, "kept"]]))
  test(`an answer of ${status} means ${what}`, async () => {
    answer = () => ({ status, text: "Why." });
    const outbox = outboxOf();
    outbox.put("v1", { value: "a" });
    await clock.turn(0);
    assert.deepEqual(told.at(-1), what === "refused" ? ["v1", what, "Why."] : ["v1", what]);
    assert.equal(outbox.waiting("v1") === null, what === "refused");
  });

test("an answer changed while it is on its way is sent after it, and the first is not taken for the last", async () => {
  let arrive = () => {};
  answer = () => new Promise((resolve) => { arrive = () => resolve({ status: 200 }); });
  const outbox = outboxOf();
  outbox.put("v1", { value: "first" });
  await clock.turn(0);
  outbox.put("v1", { value: "second" });
  await clock.turn(0);
  assert.deepEqual(values(), ["first"]); // one after the other
  arrive();
  await clock.turn(0);
  assert.deepEqual([values(), outbox.waiting("v1")], [["first", "second"], { value: "second" }]);
  assert.equal(told.some(([, what]) => what === "sent"), false);
  arrive();
  await clock.turn(0);
  assert.deepEqual([outbox.waiting("v1"), told.at(-1)[1]], [null, "sent"]);
});

test("what an earlier visit left is sent by the next, and nobody else's", async () => {
  kept[KEY] = JSON.stringify({ value: "left" });
  kept["pb:room:bob:v1"] = JSON.stringify({ value: "bob's" });
  const outbox = outboxOf();
  assert.deepEqual(outbox.waiting("v1"), { value: "left" });
  await clock.turn(0);
  assert.deepEqual(values(), ["left"]);
  assert.equal(kept["pb:room:bob:v1"], JSON.stringify({ value: "bob's" }));
});

test("a page that is left sends what still waits for its pause", async () => {
  outboxOf().put("v1", { value: "typed" }, 700);
  listeners.get("pagehide")();
  await settled();
  assert.deepEqual(values(), ["typed"]);
});

test("two answers go one after the other, and one that fails holds up no other", async () => {
  const outbox = outboxOf();
  answer = () => ({ status: asked.at(-1).vote === "v1" ? 503 : 200 });
  outbox.put("v1", { value: "a" });
  outbox.put("v2", { value: "b" });
  await clock.turn(0);
  assert.deepEqual([outbox.waiting("v1"), outbox.waiting("v2")], [{ value: "a" }, null]);
});
