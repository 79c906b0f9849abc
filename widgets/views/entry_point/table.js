// The map as a table: what the picture shows, read and changed without it.
import { h, makeList, newId, setAttr, setText } from "../../common/dom.js";
import { makeClash } from "../../form/conflicts.js";
/** @import { Context } from "../../form/context.js" */

/** The table twin of the map: {element, update(shown)}. */
export function makeMapTable(/** @type {Context} */ ctx, places, say) {
  const questions = Object.values(places.scales);
  const body = h("tbody", { role: "rowgroup" });
  const lines = makeList(body, ({ row }) => mapLine(ctx, row, questions, places, say));
  const id = newId(), heads = [say("place"), ...questions.map(({ id: asked, short }) => `${ctx.numbers.get(asked)} ${short}`), say("stands")];
  const head = h("tr", { role: "row" }, heads.map((text) => h("th", { role: "columnheader", scope: "col" }, text)));
  const element = h("details", { class: "map-table" }, h("summary", { id }, say("table")), h("div", { class: "cards" },
    h("table", { role: "table", "aria-labelledby": id }, h("thead", { role: "rowgroup" }, head), body)));
  const update = (shown) => {
    lines.sync(shown.map((one) => ({ ...one, key: one.row })));
    if (shown.some(({ row }) => lines.get(row).troubled())) element.open = true;
  };
  return { element, update };
}

function mapLine(/** @type {Context} */ ctx, row, questions, places, say) {
  const name = h("span", { dir: "auto" }), quadrant = h("span", {});
  const cells = questions.map((question) => mapCell(ctx, question, places.fieldOf(row, question)));
  const cell = (head, content) => h("td", { role: "cell", "data-label": head }, content);
  const element = h("tr", { role: "row" }, h("th", { role: "rowheader", scope: "row" }, name),
    questions.map(({ short }, place) => cell(short, cells[place].element)), cell(say("stands"), quadrant));
  function update({ stand }) {
    setText(name, places.name(row));
    cells.forEach((one) => one.update());
    setText(quadrant, stand === "placed" ? say(`quadrant.${places.quadrant(places.spot(row))}`) : say(stand === "off" ? "off" : "unplaced"));
  }
  return { element, update, troubled: () => cells.some((one) => one.troubled()), close: () => cells.forEach((one) => one.close()) };
}

/** One answer to choose, with what is wrong with it. */
function mapCell(/** @type {Context} */ ctx, question, name) {
  const options = [{ id: "", label: ctx.say("open_cell") }, ...question.choices];
  const select = h("select", { onchange: () => ctx.edit(name, select.value || null, 0) },
    options.map(({ id, label }) => h("option", { value: id }, label)));
  const onPaper = h("span", { class: "on-paper", "aria-hidden": "true" }); // where a select would cut its words
  const error = h("p", { class: "error", id: newId(), hidden: true }), clash = makeClash(ctx, name);
  const element = h("div", { "data-field": name }, select, onPaper, error, clash.element);
  function update() {
    const problem = ctx.problem(name);
    setAttr(select, "aria-label", ctx.labels.field(name));
    select.value = ctx.value(name) ?? "";
    setText(onPaper, ctx.labels.shown(question, ctx.value(name)));
    setText(error, problem ?? "");
    error.hidden = !problem;
    setAttr(select, "aria-invalid", problem && "true");
    setAttr(select, "aria-describedby", problem && error.id);
    clash.update();
  }
  ctx.fields.set(name, { element, focus: () => select.focus() });
  return { element, update, troubled: () => clash.open || Boolean(ctx.problem(name)), close: () => ctx.fields.delete(name) };
}
