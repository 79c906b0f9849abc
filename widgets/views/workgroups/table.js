// The board as a table: each person with what differs, and a group to choose.
import { h, makeList, newId, setAttr, setText } from "../../common/dom.js";
import { fieldOf } from "./people.js";
/** @import { Context } from "../../form/context.js" */

/** The table twin of the board: {element, update(people, columns, by)}; `by` is the question that is answered, group or cell. */
export function makeGroupTable(/** @type {Context} */ ctx, say) {
  const body = h("tbody", {}), id = newId();
  const now = { columns: 0, by: "group" }, last = h("th", { scope: "col" });
  const lines = makeList(body, ({ key }) => makeLine(ctx, say, key, now));
  const head = h("tr", {}, ["table_person", "table_differs"].map((one) => h("th", { scope: "col" }, say(one))), last);
  const element = h("details", { class: "groups-table" }, h("summary", { id }, say("table")),
    h("div", { class: "scrolls", tabindex: "0", role: "group", "aria-labelledby": id }, h("table", { "aria-labelledby": id }, h("thead", {}, head), body)));
  function update(people, columns, by) {
    Object.assign(now, { columns, by });
    setText(last, say(`table_${by}`));
    lines.sync(people);
  }
  return { element, update };
}

function makeLine(/** @type {Context} */ ctx, say, row, now) {
  const field = () => fieldOf(row, now.by), code = h("th", { scope: "row" }), told = h("td", {}), error = h("p", { class: "error" });
  const select = h("select", { onchange: () => ctx.edit(field(), select.value || null, 0) });
  const element = h("tr", {}, code, told, h("td", {}, select, error));
  function update(person) {
    setText(code, person.code);
    setText(told, person.told.join(" · "));
    if (select.options.length !== now.columns + 1) {
      const numbers = Array.from({ length: now.columns }, (_, at) => String(at + 1));
      select.replaceChildren(h("option", { value: "" }, say("choose")), ...numbers.map((one) => h("option", { value: one }, one)));
    }
    setText(select.options[0], say(now.by === "cell" ? "choose_cell" : "choose"));
    select.value = person.group ? String(person.group) : "";
    setAttr(select, "aria-label", ctx.labels.field(field()));
    setText(error, ctx.problem(field()) ?? "");
  }
  return { element, update };
}
