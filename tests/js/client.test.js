// The client of notebook pages: its messages on the wire, its values, its models and its line.
import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Line } from "../../playbook/server/http/client/line.js";
import { Model } from "../../playbook/server/http/client/model.js";
import { same, takeBuffers } from "../../playbook/server/http/client/values.js";
import { bytesOf, decode, encode } from "../../playbook/server/http/client/wire.js";
import { Clock } from "./stand_ins.js";

// -- wire and values

const viewOf = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

test("a message is the same after the wire, with buffers of their own", () => {
  const part = new Uint8Array([0, 1, 2, 3, 4]).subarray(1, 4);
  const sent = { channel: "shell", header: { msg_id: "é" }, parent: {}, metadata: {}, content: { a: [null] } };
  const { buffers, ...rest } = decode(encode({ ...sent, buffers: [viewOf(part), new DataView(new ArrayBuffer(0))] }).buffer);
  assert.deepEqual(rest, sent);
  assert.deepEqual(buffers.map((one) => [...bytesOf(one)]), [[1, 2, 3], []]);
  assert.equal(buffers[0].buffer.byteLength, 3);
});

test("bytes are taken out of a state and leave their places", () => {
  const one = new Uint8Array([1]), other = new DataView(new ArrayBuffer(2));
  const state = { name: "x", bytes: one, list: [other, { deep: one }], model: { toJSON: () => "IPY_MODEL_1" } };
  assert.deepEqual(takeBuffers(state), {
    state: { name: "x", list: [null, {}], model: "IPY_MODEL_1" },
    paths: [["bytes"], ["list", 0], ["list", 1, "deep"]],
    buffers: [one, other, one],
  });
  assert.equal(state.bytes, one);
});

test("values are the same by what they hold, models by what they are", () => {
  const view = (...bytes) => new DataView(new Uint8Array(bytes).buffer);
  assert.ok(same({ a: [1, { b: view(1, 2) }] }, { a: [1, { b: view(1, 2) }] }));
  for (const [one, other] of [[[1], [1, 2]], [{ a: 1 }, { b: 1 }], [view(1), view(2)], [null, {}], [[], {}], [new Model("1", {}, null, null), {}]])
    assert.ok(!same(one, other));
});

// -- models

/** A model, what it sent, and what its kernel answers. */
function made(state) {
  const sent = [], done = new Map();
  const manager = { whenDone: (id, run) => done.set(id, run), resolved: (it) => Promise.resolve(it) };
  const model = new Model("1", state, /** @type {any} */ (manager), (data) => `m${sent.push(data)}`);
  const hear = (method, state, id) => model.hear(/** @type {any} */ ({ content: { data: { method, state } }, buffers: [], parent: { msg_id: id } }));
  return { model, sent, done, hear };
}
const states = (sent) => sent.map(({ state }) => state);

test("what is saved while the kernel is busy goes as one message when it is not", () => {
  const { model, sent, done } = made({ a: 0, b: 0 });
  for (const news of [{ a: 1 }, { a: 2 }, { b: 3 }, { a: 4 }]) {
    model.set(news);
    model.save_changes();
  }
  assert.deepEqual(states(sent), [{ a: 1 }]);
  done.get("m1")();
  assert.deepEqual(states(sent), [{ a: 1 }, { b: 3, a: 4 }]);
  done.get("m2")();
  assert.equal(sent.length, 2);
});

test("an echo of what the page has changed since is passed over", async () => {
  const { model, done, hear } = made({ a: 0 });
  model.set("a", 1);
  model.save_changes();
  model.set("a", 2);
  model.save_changes();
  await hear("echo_update", { a: 1 }, "m1");
  assert.equal(model.get("a"), 2);
  done.get("m1")();
  await hear("echo_update", { a: 2 }, "m2");
  await hear("update", { a: 9 }, "other");
  assert.equal(model.get("a"), 9);
});

test("what the kernel says is not said back, what a listener makes of it is", async () => {
  const { model, sent, hear } = made({ a: 0, b: 0 });
  model.on("change:a", () => model.set("b", 5));
  await hear("update", { a: 1 });
  model.save_changes();
  assert.deepEqual(states(sent), [{ b: 5 }]);
});

test("listeners go by name, callback or context, and a closed model sends nothing", () => {
  const { model, sent } = made({ a: 0 });
  const heard = [], context = {};
  model.on("change:a msg:custom", () => heard.push("one"));
  model.on("change:a", () => heard.push("other"), context);
  model.once("change:a", () => heard.push("once"));
  model.set("a", 1);
  model.off(null, null, context);
  model.set("a", 2);
  model.trigger("msg:custom");
  assert.deepEqual(heard, ["one", "other", "once", "one", "one"]);
  model.close();
  model.send({});
  model.save_changes();
  assert.deepEqual(sent, []);
});

// -- the line

let clock, sockets, answer;
const before = {};

/** A websocket that stands, or doesn't, when the test says so. */
class Socket {
  static OPEN = 1;
  static CLOSED = 3;
  readyState = 0;
  sent = [];
  onopen = () => {};
  onclose = () => {};
  constructor(address, protocols) {
    Object.assign(this, { address: String(address), protocols });
    sockets.push(this);
  }
  send(bytes) { this.sent.push(decode(bytes.slice().buffer).header.msg_type); }
  open() { this.readyState = 1; this.onopen(); }
  async close() {
    if (this.readyState === Socket.CLOSED) return;
    this.readyState = Socket.CLOSED;
    await this.onclose();
  }
}

beforeEach(() => {
  clock = new Clock();
  sockets = [];
  answer = () => Promise.reject(new TypeError("no network"));
  for (const name of ["WebSocket", "document", "location", "fetch"]) before[name] = Object.getOwnPropertyDescriptor(globalThis, name);
  const document = { addEventListener: () => {}, hidden: false };
  for (const [name, value] of Object.entries({ WebSocket: Socket, document, location: { href: "https://host/base/" }, fetch: () => answer() }))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
});
afterEach(() => {
  clock.stop();
  for (const [name, was] of Object.entries(before)) if (was) Object.defineProperty(globalThis, name, was); else delete globalThis[name];
});

test("a line that is cut comes back under the same session, and what waited goes first", async () => {
  const opened = [];
  const line = new Line({ base: "/base/", kernel: "k", heard: () => {}, opened: () => opened.push(sockets.at(-1).sent.length) });
  line.send("early", {});
  assert.match(sockets[0].address, /^wss:\/\/host\/base\/api\/kernels\/k\/channels\?session_id=[0-9a-f]{32}$/);
  sockets[0].open();
  line.send("now", {});
  assert.deepEqual(sockets[0].sent, ["early", "now"]);
  await sockets[0].close();
  line.send("later", {});
  await clock.turn(500);
  assert.equal(sockets[1].address, sockets[0].address);
  sockets[1].open();
  assert.deepEqual(sockets[1].sent, ["later"]);
  assert.deepEqual(opened, [1, 1]);
});

test("without a network it goes on trying, every few seconds at most", async () => {
  new Line({ base: "/", kernel: "k", heard: () => {}, opened: () => {} });
  for (let turn = 0; turn < 100; turn++) {
    if (sockets.at(-1).readyState === 0) await sockets.at(-1).close();
    await clock.turn(1000);
  }
  assert.ok(sockets.length > 20, `${sockets.length} times`);
});

test("where the server says that the kernel is gone it stops, and keeps nothing", async () => {
  answer = () => Promise.resolve({ status: 404 });
  const line = new Line({ base: "/", kernel: "k", heard: () => {}, opened: () => {} });
  await sockets[0].close();
  await clock.turn(60_000);
  line.send("late", {});
  assert.equal(sockets.length, 1);
});
