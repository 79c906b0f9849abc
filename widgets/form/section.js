// A section of questions: a heading and what is under it, closed at first where it goes deeper.
import { h, newId, setText } from "../common/dom.js";
import { makeField } from "./field.js";
/** @import { Context } from "./context.js" */

/** `section` with its fields named `prefix` + question id; `paste` goes to the table's first cell. */
export function makeSection(/** @type {Context} */ ctx, section, prefix = "", paste = null) {
  const label = ctx.labels.table(section.table)?.label;
  const fields = section.questions.map((question) =>
    makeField(ctx, question, prefix + question.id, { paste: question.id === label ? paste : undefined }));
  const count = h("span", { class: "small" });
  const element = section.deeper ? deeper(section, fields, count) : open(section, fields);

  function update() {
    fields.forEach((field) => field.update());
    const asked = fields.filter((field) => !field.element.hidden);
    element.hidden = asked.length === 0;
    const answered = asked.filter((field) => ctx.value(field.name) !== null).length;
    setText(count, ctx.say("answered_of", { answered, asked: asked.length }));
  }
  return { element, fields, update };
}

function open(section, fields) {
  const id = newId();
  return h("section", { "aria-labelledby": id }, h("h2", { id }, section.title), sectionBody(section, fields));
}

/** Parts in the open first, then those that go deeper, under one line that says so. */
export function inOrder(/** @type {Context} */ ctx, parts) {
  const closed = parts.map((part) => part.element).filter((element) => element.matches("details"));
  const first = parts.map((part) => part.element).filter((element) => !closed.includes(element));
  const label = h("p", { class: "small" }, ctx.say("deeper"));
  return [...first, closed.length > 0 && h("div", { class: "deeper-group" }, label, closed)];
}

/** A section that is drawn as a picture of the table's rows; show(row) turns to a row. */
export function makePictured(/** @type {Context} */ ctx, section, table, show) {
  const picture = ctx.views[section.view](ctx, section, table, show);
  const id = newId(), heading = h("h2", { id }, section.title);
  const body = [section.intro && h("p", { class: "intro" }, section.intro), picture.element];
  const element = section.deeper
    ? h("details", { class: "deeper", "data-section": section.id }, h("summary", {}, heading), body)
    : h("section", { "aria-labelledby": id, "data-section": section.id }, heading, body);
  return { element, update: () => picture.update() };
}

function deeper(section, fields, count) {
  return h("details", { class: "deeper", "data-section": section.id },
    h("summary", {}, h("h2", {}, section.title), count),
    sectionBody(section, fields));
}

function sectionBody(section, fields) {
  return [section.intro && h("p", { class: "intro" }, section.intro), fields.map((field) => field.element)];
}
