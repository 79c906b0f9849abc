// The board as a table: each obstacle with what is known of it, and a state to choose.
import { h, makeList, newId, setAttr, setText } from "../../common/dom.js";
import { choicesOf, fieldOf } from "./obstacles.js";
/** @import { Context } from "../../form/context.js" */

const HEADS = ["what", "state", "kind", "cover", "fix", "owner", "age"];

/** The table twin of the board: {element, update(obstacles)}. */
export function makeObstacleTable(/** @type {Context} */ ctx, say) {
  const id = newId(), body = h("tbody", { role: "rowgroup" }), heads = HEADS.map((one) => say(`table_${one}`));
  const lines = makeList(body, ({ key }) => makeLine(ctx, say, key, heads));
  const head = h("tr", { role: "row" }, heads.map((one) => h("th", { scope: "col", role: "columnheader" }, one)));
  const table = h("table", { role: "table", "aria-labelledby": id }, h("thead", { role: "rowgroup" }, head), body);
  const element = h("details", { class: "twin" }, h("summary", { id }, say("table")), h("div", { class: "scrolls", tabindex: "0", role: "group", "aria-labelledby": id }, h("div", { class: "cards" }, table)));
  return { element, update: (obstacles) => lines.sync(obstacles) };
}

function makeLine(/** @type {Context} */ ctx, say, row, heads) {
  const field = fieldOf(row, "state"), cells = heads.map((head, at) => (at ? h("td", { role: "cell", "data-label": head, dir: "auto" }) : h("th", { scope: "row", role: "rowheader", dir: "auto" })));
  const options = choicesOf(ctx, "state").map(({ id, label }) => h("option", { value: id }, label)), error = h("p", { class: "error" });
  const select = h("select", { onchange: () => ctx.edit(field, select.value || null, 0) }, h("option", { value: "" }, say("choose")), options);
  const kinds = Object.fromEntries(choicesOf(ctx, "kind").map(({ id, label }) => [id, label]));
  cells[1].append(select, error);
  function update(one) {
    const told = [one.name, null, kinds[one.kind] ?? say("no_kind"), one.cover, one.fix, one.owner, one.age === null ? "" : say(one.age === 1 ? "age_one" : "age", { days: one.age })];
    told.forEach((text, at) => { if (text !== null) setText(cells[at], text); });
    select.value = one.state;
    setAttr(select, "aria-label", ctx.labels.field(field));
    setText(error, ctx.problem(field) ?? "");
  }
  return { element: h("tr", { role: "row" }, cells), update };
}

/** A table that scrolls by itself, and is cards where the place is narrow. */
export function makeGrid(label, heads, lines) {
  const row = ([first, ...rest]) => h("tr", { role: "row" }, h("th", { scope: "row", role: "rowheader" }, first), rest.map((one, at) => h("td", { role: "cell", "data-label": heads[at + 1] }, one)));
  const head = h("tr", { role: "row" }, heads.map((one) => h("th", { scope: "col", role: "columnheader" }, one)));
  return h("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": label }, h("div", { class: "cards" },
    h("table", { role: "table", "aria-label": label }, h("thead", { role: "rowgroup" }, head), h("tbody", { role: "rowgroup" }, lines.map(row)))));
}
