// Looking back: what made a metric change between two days, and whether one metric goes ahead of another.
import { h, makeButton, makeList, newId, setText } from "../../common/dom.js";
import { makeDate } from "../../form/kinds/date.js";
import { makeAnswer } from "./blocks.js";
import { makeLatestRequest } from "../../form/latest_request.js";
/** @import { Context } from "../../form/context.js" */

/** The two small forms: {element, update(nodes)}. */
export function makePast(/** @type {Context} */ ctx) {
  const say = (key) => ctx.say(`tree.past.${key}`);
  const forms = [
    makeQuestion(ctx, "decompose", "changed", { row: pickMetric(say("row")), start: pickDay(ctx, say("start")), end: pickDay(ctx, say("end")) }),
    makeQuestion(ctx, "leads", "leads", { driver: pickMetric(say("driver")), outcome: pickMetric(say("outcome")), lag: pickWeeks(say("lag")) }),
  ];
  const element = h("details", { class: "tree-more" }, h("summary", {}, h("h3", {}, say("title"))),
    h("p", { class: "intro" }, say("intro")), forms.map((form) => form.element));
  return { element, update: (nodes) => forms.forEach((form) => form.update(nodes)) };
}

function makeQuestion(/** @type {Context} */ ctx, what, name, fields) {
  const answer = makeAnswer(), id = newId();
  const request = makeLatestRequest(ctx, what, 0, answer.show);
  const ask = () => {
    const given = Object.entries(fields).map(([key, field]) => [key, field.read()]);
    if (given.some(([, value]) => value === null)) return answer.say(ctx.say("tree.past.incomplete"));
    answer.say(ctx.say("tree.if.asking"));
    request.ask(Object.fromEntries(given));
  };
  const all = Object.values(fields);
  const element = h("div", { role: "group", "aria-labelledby": id }, h("h4", { id }, ctx.say(`tree.past.${name}`)),
    h("div", { class: "tree-asks" }, all.map((field) => field.element), makeButton("button quiet", ask, ctx.say(`tree.past.${name}_ask`))),
    answer.element);
  return { element, update: (nodes) => all.forEach((field) => field.update?.(nodes)) };
}

const labelledInput = (text, input) => h("label", { class: "tree-ask" }, h("span", {}, text), input);

function pickMetric(text) {
  const select = h("select", {});
  const list = makeList(select, ({ key }) => {
    const element = h("option", { value: key });
    return { element, update: ({ name }) => setText(element, name) };
  });
  return { element: labelledInput(text, select), read: () => select.value || null, update: list.sync };
}

function pickDay(/** @type {Context} */ ctx, text) {
  const { element, input, read } = makeDate(null, { changed: () => {}, say: ctx.say, announce: (told) => ctx.announce(told) });
  input.id = newId();
  return { element: h("div", { class: "tree-ask" }, h("label", { for: input.id }, text), element), read };
}

function pickWeeks(text) {
  const input = h("input", { type: "number", min: 0, max: 52, step: 1, value: 0 });
  return { element: labelledInput(text, input), read: () => (input.value === "" ? null : input.valueAsNumber) };
}
