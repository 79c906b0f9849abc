// Unsaved edits: what is sent when, from which revision, and what a page takes up that comes after another.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { rowIdOf } from "../../widgets/form/kept.js";
import { Queue } from "../../widgets/form/queue.js";
import { Clock, storageOver } from "./stand_ins.js";

const SHEET = "w1", FIELD = "candidates/r1/what";
let clock, kept;

beforeEach(() => { clock = new Clock(); kept = new Map(); });
afterEach(() => clock.stop());

/** A page's queue in tab `tab`, on what this browser keeps; `sent` are the operations put on the wire. */
function pageIn(tab = "tab 1", timeOrigin = clock.now, others = []) {
  Object.defineProperty(performance, "timeOrigin", { value: timeOrigin, configurable: true });
  const sent = [];
  const queue = new Queue({ storage: storageOver(kept), tab, changed: () => {}, send: (op, worksheet) => sent.push({ ...op, worksheet }) });
  queue.open(SHEET, others);
  return { queue, sent };
}

/** The kernel's answer to an operation, with the field's revision as it stands then. */
const answer = ({ op_id }, rev, { status = "saved", field = FIELD, text = "", conflicts = [] } = {}) =>
  ({ op_id, status, text, state: { fields: { [field]: { rev } }, conflicts } });

const drafts = () => [...kept.keys()].filter((key) => key.startsWith("pb:draft:"));

// -- one tab

test("typing is sent once it rests, as one operation from the revision it began at", async () => {
  const { queue, sent } = pageIn();
  for (const text of ["R", "Ri", "Riv"]) {
    queue.edit(FIELD, text, 3, 600);
    await clock.turn(500);
  }
  assert.deepEqual(sent, []);
  await clock.turn(100);
  assert.deepEqual(sent.map(({ kind, field, value, base_rev }) => [kind, field, value, base_rev]), [["set", FIELD, "Riv", 3]]);
  assert.equal("made" in sent[0], false);
});

test("what is typed meanwhile waits for the answer, and then goes from the revision that made", () => {
  const { queue, sent } = pageIn();
  queue.edit(FIELD, "one", 3, 0);
  queue.edit(FIELD, "one two", 3, 0);
  assert.equal(sent.length, 1);
  queue.ack(answer(sent[0], 4));
  assert.deepEqual([sent[1].value, sent[1].base_rev], ["one two", 4]);
  queue.ack(answer(sent[1], 5));
  assert.equal(queue.busy, false);
  assert.equal(queue.draft(FIELD), undefined);
  assert.equal(kept.size, 0);
});

test("what was refused stays on the page, is not sent again, and goes when it is mended", () => {
  const { queue, sent } = pageIn();
  queue.edit(FIELD, "31.2.", 3, 0);
  queue.ack(answer(sent[0], 3, { status: "refused", text: "No such day." }));
  assert.deepEqual(queue.draft(FIELD), { value: "31.2.", base_rev: 3, error: "No such day." });
  assert.deepEqual(queue.refused, [FIELD]);
  queue.submit(FIELD);
  queue.resend();
  assert.equal(sent.length, 1);
  queue.edit(FIELD, "28.2.", 3, 0);
  assert.deepEqual([sent[1].value, sent[1].base_rev, queue.refused], ["28.2.", 3, []]);
});

test("settled() holds until nothing is on its way, or until nobody answers", async () => {
  const { queue, sent } = pageIn();
  let done = 0;
  const wait = () => queue.settled().then(() => { done += 1; });
  queue.edit(FIELD, "typed", 0, 600);
  wait();
  await clock.turn(0);
  assert.equal(sent.length, 1); // it does not wait for the next key
  assert.equal(done, 0);
  queue.ack(answer(sent[0], 1));
  await clock.turn(0);
  assert.equal(done, 1);
  queue.edit(FIELD, "more", 1, 0);
  wait();
  queue.release();
  await clock.turn(0);
  assert.equal(done, 2);
});

test("what no beat was answered for is not sent again; what was lost before one is", () => {
  const { queue, sent } = pageIn();
  queue.add("add_row", { table: "candidates" });
  queue.mark();
  queue.add("add_row", { table: "candidates" });
  queue.catchUp();
  assert.deepEqual(sent.map(({ op_id }) => op_id), [sent[0].op_id, sent[1].op_id, sent[0].op_id]);
  queue.ack(answer(sent[0], 0));
  queue.catchUp();
  assert.equal(sent.length, 3);
});

test("an answer to somebody else's operation is not ours", () => {
  const { queue } = pageIn();
  assert.equal(queue.ack(answer({ op_id: "theirs" }, 1)), undefined);
});

test("forgetting a field takes back what is on its way", () => {
  const { queue, sent } = pageIn();
  queue.edit(FIELD, "one", 3, 0);
  queue.edit(FIELD, "two", 3, 600);
  queue.forget(FIELD);
  assert.deepEqual([queue.busy, queue.draft(FIELD), kept.size], [false, undefined, 0]);
  queue.resend();
  assert.equal(sent.length, 1);
});

test("dropping a worksheet forgets it and no other", () => {
  const { queue } = pageIn();
  queue.edit(FIELD, "gone", 3, 0);
  kept.set("pb:op:w2:a", "{}");
  queue.drop();
  assert.deepEqual([[...kept.keys()], queue.busy], [["pb:op:w2:a"], false]);
});

// -- a reload, and other tabs

test("after a reload everything unanswered is sent again in the order in which it was made", async () => {
  const first = pageIn();
  for (const name of ["a", "b", "c", "d"]) {
    first.queue.add("add_row", { table: name });
    await clock.turn(name === "b" ? 5 : 0); // some in one millisecond, some not
  }
  kept = new Map([...kept].reverse()); // a browser promises no order
  const { sent, queue } = pageIn("tab 1", clock.now + 1);
  assert.deepEqual(sent.map(({ table }) => table), ["a", "b", "c", "d"]);
  assert.deepEqual(queue.ops.map(({ op_id }) => op_id), first.sent.map(({ op_id }) => op_id));
});

test("a clock that was set back puts nothing before what is waiting", () => {
  pageIn().queue.add("add_row", { table: "early" });
  clock.now -= 3_600_000;
  pageIn("tab 1", clock.now + 1).queue.add("add_row", { table: "late" });
  kept = new Map([...kept].reverse());
  assert.deepEqual(pageIn("tab 1", clock.now + 2).sent.map(({ table }) => table), ["early", "late"]);
});

test("operations of this sheet's other worksheets go too; those of other sheets wait for their page", () => {
  const op = (worksheet, made) => JSON.stringify({ op_id: worksheet, kind: "undo", worksheet, made });
  for (const [place, worksheet] of ["w3", "w2", SHEET].entries()) kept.set(`pb:op:${worksheet}:${place}`, op(worksheet, 9 - place));
  kept.set(`pb:op:${SHEET}:broken`, "{");
  const { queue, sent } = pageIn("tab 1", clock.now, ["w2"]);
  assert.deepEqual(sent.map(({ worksheet }) => worksheet), [SHEET, "w2"]);
  assert.deepEqual(queue.ops.map(({ worksheet }) => worksheet), [SHEET]);
});

test("a draft of this tab is taken up after a reload and sent from the revision it began at", () => {
  pageIn().queue.edit(FIELD, "half a sent", 3, 600);
  const { queue, sent } = pageIn("tab 1", clock.now + 1);
  assert.deepEqual(sent.map(({ value, base_rev }) => [value, base_rev]), [["half a sent", 3]]);
  assert.equal(queue.draft(FIELD).value, "half a sent");
  queue.ack(answer(sent[0], 4));
  assert.deepEqual([queue.draft(FIELD), kept.size], [undefined, 0]);
});

test("what is being typed in another tab is left to it", async () => {
  pageIn("tab 1", 1).queue.edit(FIELD, "half a sent", 3, 60_000);
  await clock.turn(4_000);
  const { queue, sent } = pageIn("tab 2", 2);
  assert.deepEqual([queue.draft(FIELD), sent, drafts().length], [undefined, [], 1]);
});

test("what a tab that is gone left behind is taken over, from its revision, and forgotten once saved", async () => {
  pageIn("tab 1", 1).queue.edit(FIELD, "half a sentence", 3, 60_000);
  await clock.turn(5_001);
  const { queue, sent } = pageIn("tab 2", 2);
  assert.deepEqual(sent.map(({ value, base_rev }) => [value, base_rev]), [["half a sentence", 3]]);
  queue.ack(answer(sent[0], 4));
  assert.deepEqual([queue.draft(FIELD), drafts()], [undefined, []]);
});

test("two views of one page do not take each other's drafts", async () => {
  pageIn("tab 1", 1).queue.edit(FIELD, "half", 3, 60_000);
  await clock.turn(60_000 - 1);
  const { queue, sent } = pageIn("tab 1", 1);
  assert.deepEqual([queue.draft(FIELD), sent], [undefined, []]);
});

test("an edit that goes on while another tab saves keeps the revision it began at", () => {
  const { queue, sent } = pageIn();
  queue.edit(FIELD, "mine", 3, 600);
  queue.edit(FIELD, "mine, longer", 7, 0); // by now the page shows another tab's revision 7
  assert.equal(sent[0].base_rev, 3); // so the kernel sees that they collide
});

test("an edit that goes on after another tab saved on top of ours goes from ours", () => {
  const { queue, sent } = pageIn();
  queue.edit(FIELD, "one", 3, 0);
  queue.edit(FIELD, "one two", 3, 600);
  queue.ack(answer(sent[0], 5)); // ours was 4; somebody made 5 of it before the answer came
  queue.flush();
  assert.deepEqual([sent[1].value, sent[1].base_rev], ["one two", 4]);
});

test("an edit that goes on after it collided collides again, rather than to overwrite", () => {
  const { queue, sent } = pageIn();
  queue.edit(FIELD, "one", 3, 0);
  queue.edit(FIELD, "one two", 3, 600);
  queue.ack(answer(sent[0], 4, { status: "conflict", conflicts: [{ field: FIELD, value: "one" }] }));
  queue.flush();
  assert.deepEqual([sent[1].value, sent[1].base_rev], ["one two", 3]);
});

test("an operation done before, whose value waits as a conflict, gives no revision to go on from", () => {
  const { queue, sent } = pageIn();
  queue.edit(FIELD, "one", 3, 0);
  queue.edit(FIELD, "one two", 3, 600);
  queue.ack(answer(sent[0], 4, { status: "repeated", conflicts: [{ field: FIELD, value: "one" }] }));
  queue.flush();
  assert.equal(sent[1].base_rev, 3);
  assert.equal(queue.isEcho(FIELD, 4), false);
});

test("our own save is an echo; a later answer of somebody else is not", () => {
  const { queue, sent } = pageIn();
  queue.edit(FIELD, "one", 3, 0);
  queue.ack(answer(sent[0], 4));
  assert.deepEqual([3, 4, 5].map((rev) => queue.isEcho(FIELD, rev)), [false, true, false]);
  queue.edit(FIELD, "two", 4, 0);
  queue.ack(answer(sent[1], 6)); // ours was 5, theirs came on top before we heard
  assert.deepEqual([4, 5, 6].map((rev) => queue.isEcho(FIELD, rev)), [false, true, false]);
});

test("turning to another worksheet forgets nothing that is kept, and shows none of it there", async () => {
  const { queue, sent } = pageIn();
  queue.edit(FIELD, "here", 3, 600);
  queue.open("w2", [SHEET]);
  assert.deepEqual([queue.draft(FIELD), queue.busy], [undefined, false]);
  await clock.turn(1_000);
  assert.deepEqual([sent, drafts().length], [[], 1]);
});

test("a row is named after the operation that makes it", () => {
  assert.equal(rowIdOf("01234567-89ab-cdef-0123-456789abcdef"), "r0123456789ab");
});
