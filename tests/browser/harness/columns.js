// A small view, as CONTRIBUTING describes one: the rows of a table in columns, one for each choice of the
// section's first question. A press moves a row on to the next column.
import { h, makeButton, makeList, setText } from "../../../widgets/common/dom.js";

const OPEN = ""; // the column of those that have no answer yet

/** @type {import("../../../widgets/form/views.js").MakeView} */
export function makeView(ctx, section, table) {
  const [question] = section.questions;
  const fieldOf = (row) => `${table.id}/${row}/${question.id}`;
  const stands = (row) => ctx.value(fieldOf(row)) ?? OPEN;
  const ids = [OPEN, ...question.choices.map(({ id }) => id)];
  const groups = ids.map((id) => makeGroup(nameOf(question, id, ctx), (row) => move(row)));
  const element = h("div", { class: "columns" }, groups.map((group) => group.element));

  function move(row) {
    const next = ids[(ids.indexOf(stands(row)) + 1) % ids.length];
    ctx.edit(fieldOf(row), next || null, 0);
    ctx.announce(ctx.say("columns.moved", { row: ctx.labels.row(table.id, row), column: nameOf(question, next, ctx) }));
  }

  function update() {
    const rows = ctx.rows(table.id).length ? ctx.rows(table.id) : [ctx.blankRow(table.id)];
    groups.forEach((group, place) => group.update(rows.filter((row) => stands(row) === ids[place]).map((key) => ({ key, name: ctx.labels.row(table.id, key) }))));
  }
  return { element, update };
}

function makeGroup(title, move) {
  const list = h("ul", {});
  const cards = makeList(list, ({ key }) => {
    const name = h("span", { dir: "auto" });
    return { element: h("li", {}, makeButton("link", () => move(key), name)), update: (item) => setText(name, item.name) };
  });
  return { element: h("div", { role: "group", "aria-label": title }, h("p", { class: "small" }, title), list), update: cards.sync };
}

const nameOf = (question, id, ctx) => question.choices.find((choice) => choice.id === id)?.label ?? ctx.say("columns.open");
