// Problems in four stages, side by side: moved by buttons, by keyboard alike, and told in words as they move.
import { h, makeButton, makeList, setAttr } from "../../common/dom.js";
import { makeField } from "../../form/field.js";
import { makeDrops } from "./drops.js";
/** @import { Context } from "../../form/context.js" */

/** The view "stages" of a section: {element, update()}. */
export function makeView(/** @type {Context} */ ctx, section, table) {
  const say = (key, values) => ctx.say(`stages.${key}`, values);
  const stage = section.questions.find(({ kind }) => kind === "one"), texts = section.questions.filter(({ kind }) => kind === "text");
  const drops = makeDrops(ctx, table, "stages");
  const fieldOf = (row, question) => `${table.id}/${row}/${question}`;
  const stageOf = (row) => ctx.value(fieldOf(row, stage.id));
  const parts = { ctx, table, texts, stage, say, fieldOf, stageOf, drops, move };
  const columns = stage.choices.map((choice, place) => makeColumn(parts, choice.id, choice.label, place, add));
  const loose = makeColumn(parts, null, say("unplaced"), -1, add);
  const element = h("div", { class: "stages", role: "group", "aria-label": say("title") },
    h("div", { class: "stages-grid" }, columns.map((column) => column.element)), loose.element, drops.element);

  function column(id) {
    return columns.find((one) => one.id === id) ?? loose;
  }

  function add(id) {
    const row = drops.add({ [stage.id]: id });
    update();
    column(id).get(row).focus();
  }

  /** One stage on or back; the focus goes along. */
  function move(row, id, button) {
    ctx.edit(fieldOf(row, stage.id), id, 0);
    update();
    column(id).get(row).focusOn(button);
    ctx.announce(say("moved", { problem: nameOf(parts, row), stage: stage.choices.find((choice) => choice.id === id).label }));
  }

  function update() {
    const rows = ctx.rows(table.id);
    const sorted = (id) => rows.filter((row) => (stageOf(row) ?? null) === id);
    const full = rows.length >= table.max_rows;
    columns.forEach((one) => one.update(sorted(one.id), full));
    loose.update(sorted(null), full);
    loose.element.hidden = sorted(null).length === 0;
    drops.update();
  }
  return { element, update };
}

const nameOf = ({ ctx, table, say }, row) => ctx.value(`${table.id}/${row}/${table.label}`) ?? say("unnamed");

function makeColumn(parts, id, label, place, begin) {
  const { say } = parts, list = h("ul", { class: "plain" });
  const cards = makeList(list, ({ key }) => makeCard(parts, key, place));
  const empty = h("p", { class: "small" }, say("empty"));
  const add = id && makeButton("button quiet", () => begin(id), say("add"));
  if (add) setAttr(add, "aria-label", say("add_named", { stage: label }));
  const element = h("section", { class: "stage", "aria-label": label }, h("h4", {}, label), empty, list, add);
  function update(rows, full) {
    cards.sync(rows.map((key) => ({ key })));
    empty.hidden = rows.length > 0;
    if (add) add.disabled = full;
  }
  return { id, element, update, get: (row) => cards.get(row) };
}

function makeCard(parts, row, place) {
  const { ctx, texts, stage, say, fieldOf, drops, move } = parts;
  const fields = texts.map((question) => makeField(ctx, question, fieldOf(row, question.id), { short: true }));
  const to = (by) => stage.choices[place + by]?.id;
  const button = (key, by) => to(by) && makeButton("button quiet", () => move(row, to(by), key), say(key));
  const buttons = { back: place > 0 && button("back", -1), on: button("on", 1) };
  const remove = makeButton("link", () => drops.remove(row, nameOf(parts, row)), say("remove"));
  const element = h("li", { class: "card", "data-row": row }, fields.map((field) => field.element), h("p", { class: "buttons" }, buttons.back, buttons.on, remove));
  function update() {
    fields.forEach((field) => field.update());
    for (const [key, one] of Object.entries({ ...buttons, remove })) if (one) setAttr(one, "aria-label", say(`${key}_named`, { problem: nameOf(parts, row) }));
  }
  const close = () => fields.forEach((field) => field.close());
  return {
    element, update, close,
    focus: () => fields[0].focus(),
    focusOn: (key) => (buttons[key] || buttons.back || buttons.on || remove).focus(),
  };
}
