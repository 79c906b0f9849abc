// A section of questions: a heading and what is under it, closed at first where it goes deeper.
import { h, newId, setText } from "../common/dom.js";
import { makeField } from "./field.js";
/** @import { Context } from "./context.js" */

/** `section` with its fields named `prefix` + question id; `paste` goes to the table's first cell. */
export function makeSection(/** @type {Context} */ ctx, section, prefix = "", paste = null) {
  const fields = section.questions.map((question) =>
    makeField(ctx, question, prefix + question.id, { paste: question.role === "label" ? paste : undefined }));
  const count = h("span", { class: "small" });
  const picture = section.view && !section.table ? ctx.views[section.view](ctx, section) : null;
  const body = section.deeper ? fields.map((field) => field.element) : withFollowUps(section.questions, fields);
  // A picture comes first once there is something to draw. The first answer draws it at the end: nothing moves under a finger.
  const nothing = () => section.questions.every((question) => ctx.value(prefix + question.id) === null);
  const late = Boolean(picture) && !section.deeper && nothing();
  const whole = !picture ? body : late ? [body, picture.element] : [picture.element, body];
  const element = section.deeper ? deeper(section, whole, count) : open(section, whole);
  if (picture && !section.deeper) element.classList.add("pictured");

  function update() {
    picture?.update();
    if (late) picture.element.hidden = nothing();
    fields.forEach((field) => field.update());
    const asked = fields.filter((field) => !field.element.hidden);
    element.hidden = asked.length === 0;
    const answered = asked.filter((field) => ctx.value(field.name) !== null).length;
    setText(count, answered ? ctx.say("answered", { answered }) : "");
  }
  return { element, fields, update };
}

function open(section, body) {
  if (!section.title) return h("div", {}, body);
  const id = newId();
  return h("section", { "aria-labelledby": id, "data-section": section.id }, h("h2", { id }, section.title), intro(section), body);
}

/** The questions in order; those that an answer opened stand together under it, on a line at their left. */
function withFollowUps(questions, fields) {
  const placed = [];
  questions.forEach((question, place) => {
    const { element } = fields[place];
    if (question.role !== "follow_up") placed.push(element);
    else if (questions[place - 1]?.role === "follow_up") placed.at(-1).append(element);
    else placed.push(h("div", { class: "follow-ups" }, element));
  });
  return placed;
}

/** Parts in the open first, then what makes the verdict stronger: one group, and nothing waits for it. */
export function inOrder(/** @type {Context} */ ctx, parts) {
  const elements = parts.map((part) => part.element);
  const closed = parts.flatMap(({ element, deeper }) => deeper ?? (element.matches("details") ? [element] : []));
  const first = elements.filter((element) => !closed.includes(element));
  const id = newId();
  const group = h("section", { class: "deeper-group", "aria-labelledby": id },
    h("h2", { id }, ctx.say("deeper")), h("p", { class: "small" }, ctx.say("deeper_hint")), closed);
  return [...first, closed.length > 0 && group];
}

/** A section that is drawn as a picture of the table's rows; show(row) turns to a row. */
export function makePictured(/** @type {Context} */ ctx, section, table, show) {
  const picture = ctx.views[section.view](ctx, section, table, show);
  const id = newId(), heading = h("h2", { id }, section.title);
  const element = section.deeper
    ? deeper(section, picture.element)
    : h("section", { "aria-labelledby": id, "data-section": section.id }, heading, intro(section), picture.element);
  return { element, update: () => picture.update() };
}

/** A section that is closed at first. What it is for stands beside its heading, so that one knows before. */
export function deeper({ id, title, intro: about }, body, count = null) {
  return h("details", { class: "deeper", "data-section": id },
    h("summary", {}, h("h3", {}, title), about && h("span", { class: "small" }, about), count), body);
}

const intro = (section) => section.intro && h("p", { class: "intro" }, section.intro);
