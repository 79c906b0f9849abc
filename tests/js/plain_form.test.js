// The form that the server sent with the page: what it keeps of what is typed, and how it hands that over to the live one.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { answerOf, standIn } from "../../playbook/server/http/client/plain_form.js";
import { FORM_DRAWN, lastOf, rowIdOf } from "../../widgets/form/kept.js";
import { FormElement, layStorage } from "./stand_ins.js";

const OP = "5b8f0c1e-0000-4000-8000-000000000001", ROW = rowIdOf(OP);
const el = (tag, given, ...children) => new FormElement(tag, given, children);
const text = (given = {}) => el("textarea", given);
const choices = (type, values, ...checked) =>
  values.map((value) => el("input", { type, value, ...(checked.includes(value) ? { checked: "" } : {}) }));
const question = (field, ...controls) => el("div", { "data-field": field }, ...controls);

let kept, tab, done, scrolled, body;
beforeEach(() => {
  [kept, tab] = [layStorage(), layStorage("sessionStorage")];
  [done, scrolled] = [0, []];
  const page = { location: { href: "http://127.0.0.1/voila/render/02_catalyst.ipynb" }, scrollY: 0, scrollBy: (...by) => scrolled.push(by) };
  for (const [name, value] of Object.entries(page)) Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  globalThis.CSS = /** @type {any} */ ({ escape: (it) => it.replaceAll("/", "\\/") });
  globalThis.HTMLTextAreaElement = /** @type {any} */ (class { static [Symbol.hasInstance](it) { return it?.tag === "textarea"; } });
});

/** The page of a sheet with a question of text, one of choices, and a row that is offered. */
function layForm() {
  const form = el("form", { "data-pb-plain": "catalyst", "data-version": "2" },
    el("input", { name: "_worksheet", value: "w1" }),
    el("input", { name: "_seen", value: JSON.stringify({ purpose: [3, "x"] }) }),
    question("purpose", text({ value: "old" })),
    question("breaks", ...choices("radio", ["yes", "no"])),
    el("fieldset", { "data-row-op": OP, "data-table": "candidates" }, question(`candidates/${ROW}/name`, text()), question(`candidates/${ROW}/why`, text())));
  const root = el("div", { class: "pb-sheet" }, form);
  body = el("body", {}, root);
  globalThis.document = /** @type {any} */ (body);
  return { form, root };
}
const stand = () => standIn(/** @type {any} */ (body), () => { done += 1; });
const controlOf = (field) => body.querySelector(`[data-field="${field}"]`).children[0];
function type(field, value) {
  const control = controlOf(field);
  control.value = value;
  control.happens("input");
}
const draftOf = (field) => JSON.parse(kept[`pb:draft:w1:${field}`] ?? "null");
const drafts = () => Object.keys(kept).filter((key) => key.startsWith("pb:"));

// -- what a question says

test("a question says what its controls do: text, one choice, several, one of a list, or nothing", () => {
  const list = el("select", {}, el("option", { value: "" }), el("option", { value: "b", selected: "" }));
  const several = el("div", { "data-field": "f", "data-several": "" }, ...choices("checkbox", ["a", "b", "c"], "a", "c"));
  for (const [place, said] of /** @type {any} */ ([
    [question("f", text({ value: "so" })), "so"],
    [question("f", text()), null],
    [question("f", ...choices("radio", ["a", "b"], "b")), "b"],
    [question("f", ...choices("radio", ["a", "b"])), null],
    [several, ["a", "c"]],
    [question("f", list), "b"],
  ])) assert.deepEqual(answerOf(place, "first"), said);
  list.value = "";
  assert.deepEqual([answerOf(question("f", list), "now"), answerOf(question("f", list), "first")], [null, "b"]);
});

test("the only choice of several is a list as well", () => {
  const place = el("div", { "data-field": "f", "data-several": "" }, ...choices("checkbox", ["a", "b"], "b"));
  assert.deepEqual(answerOf(place, "now"), ["b"]);
});

// -- what is kept

test("what is typed is kept as the live form keeps a draft, over the revision that was seen", () => {
  layForm();
  stand();
  assert.deepEqual(drafts(), []);
  type("purpose", "new");
  assert.deepEqual(draftOf("purpose"), { value: "new", base_rev: 3, at: 0, tab: "", page: 0, plain: true });
  const no = body.querySelector('[data-field="breaks"]').children[1];
  no.checked = true;
  no.happens("change");
  assert.deepEqual([draftOf("breaks").value, draftOf("breaks").base_rev], ["no", 0]);
  assert.equal(tab[lastOf("catalyst")], "w1");
});

test("a name where codes are asked for is no draft, which would be sent; a code is", () => {
  layForm();
  const code = el("input", { pattern: "[A-Z][0-9]+" });
  body.querySelector("form").children.push(question("people/r1/code", code));
  code.parent.parent = body.querySelector("form");
  stand();
  type("people/r1/code", "Zebedee Quill");
  assert.deepEqual(drafts(), []);
  type("people/r1/code", "P1");
  assert.equal(draftOf("people/r1/code").value, "P1");
  type("people/r1/code", "P1 Zebedee");
  assert.deepEqual(drafts(), []);
});

test("what was typed before the script came is kept at once", () => {
  layForm();
  controlOf("purpose").value = "early";
  stand();
  assert.equal(draftOf("purpose").value, "early");
});

test("what is typed and taken back is forgotten, what is cleared is kept as nothing", () => {
  layForm();
  stand();
  type("purpose", "");
  assert.deepEqual([draftOf("purpose").value, draftOf("purpose").base_rev], [null, 3]);
  type("purpose", "old");
  assert.deepEqual(drafts(), []);
});

test("the row that is offered is made when something is typed into it, once, and not for nothing", () => {
  layForm();
  stand();
  const op = `pb:op:w1:${OP}`;
  type(`candidates/${ROW}/name`, "Claims");
  type(`candidates/${ROW}/why`, "slow");
  const { made, ...rest } = JSON.parse(kept[op]);
  assert.deepEqual(rest, { op_id: OP, kind: "add_row", table: "candidates", version: 2, worksheet: "w1", plain: true });
  assert.ok(made > 0);
  assert.equal(draftOf(`candidates/${ROW}/name`).base_rev, 0);
  type(`candidates/${ROW}/name`, "");
  assert.ok(op in kept);
  type(`candidates/${ROW}/why`, "");
  assert.deepEqual(drafts(), []);
});

// -- whether it stands at all

test("there is none where the page has none", () => {
  body = el("body");
  assert.equal(stand(), null);
});

test("a tab that goes on with another worksheet gets no form of this one", () => {
  const { form } = layForm();
  tab.setItem(lastOf("catalyst"), "w2");
  assert.equal(stand(), null);
  assert.ok(!form.isConnected);
});

test("but it does where the address names a worksheet, or where something was typed already", () => {
  layForm();
  tab.setItem(lastOf("catalyst"), "w2");
  globalThis.location.href += "?worksheet=w1";
  assert.ok(stand());
  layForm();
  globalThis.location.href = "http://127.0.0.1/voila/render/02_catalyst.ipynb";
  controlOf("purpose").value = "early";
  assert.ok(stand());
});

// -- the hand-over

/** The live form says that it is drawn; it has these questions. */
function draw(sheet, ...questions) {
  const live = el("div", { class: "pb-form" }, ...questions);
  live.parent = body;
  body.children.push(live);
  live.happens(FORM_DRAWN, { sheet });
  return live;
}

test("it goes when the live form of its sheet is drawn, and not for another's", () => {
  const { root } = layForm();
  stand();
  draw("champion");
  assert.deepEqual([root.isConnected, done], [true, 0]);
  body.querySelector('[data-field="purpose"]').top = 200;
  draw("catalyst", Object.assign(question("purpose", text()), { top: 300 }));
  assert.deepEqual([root.isConnected, done, scrolled], [false, 1, []], "nobody had scrolled");
  draw("catalyst");
  assert.equal(done, 1);
});

test("where the browser keeps nothing, what was typed stays to be sent", () => {
  const { root } = layForm();
  const refuses = { value: { setItem: () => { throw new Error("full"); } }, configurable: true };
  for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(globalThis, name, refuses);
  stand();
  type("purpose", "new");
  draw("catalyst");
  assert.deepEqual([root.isConnected, done], [true, 0]);
});

test("focus, caret and height on the screen go over", () => {
  layForm();
  stand();
  const control = Object.assign(controlOf("purpose"), { top: 300, selectionStart: 1, selectionEnd: 2 });
  control.focus();
  const live = draw("catalyst", question("purpose", Object.assign(text(), { top: 410 })));
  const taken = live.children[0].children[0];
  assert.equal(globalThis.document.activeElement, taken);
  assert.deepEqual([taken.selection, scrolled], [[1, 2], [[0, 110]]]);
});

test("a choice that has the focus has it in the live form", () => {
  layForm();
  stand();
  body.querySelector('[data-field="breaks"]').children[1].focus();
  const live = draw("catalyst", question("breaks", ...choices("radio", ["yes", "no"])));
  assert.equal(globalThis.document.activeElement, live.children[0].children[1]);
});

test("who scrolled without typing stays at the question in sight, and nothing takes the focus", () => {
  layForm();
  stand();
  Object.assign(globalThis, { scrollY: 500 });
  dispatchEvent(new Event("scroll"));
  body.querySelector('[data-field="purpose"]').top = -200;
  body.querySelector('[data-field="breaks"]').top = 90;
  const place = question("breaks", ...choices("radio", ["yes", "no"]));
  place.top = 600;
  draw("catalyst", place);
  assert.deepEqual([scrolled, globalThis.document.activeElement], [[[0, 510]], undefined]);
});

test("a question that is folded away in the live form is asked for before", () => {
  layForm();
  stand();
  controlOf("purpose").focus();
  const asked = [];
  globalThis.document.dispatchEvent = /** @type {any} */ ((event) => asked.push(event.detail));
  const place = question("purpose", text());
  place.given.hidden = "";
  draw("catalyst", place);
  assert.deepEqual([asked, scrolled], [[{ sheet: "catalyst", field: "purpose" }], []]);
});
