// The connections as a table: the picture's twin, and cards where the place is narrow.
import { h, makeList, newId, setText } from "../../common/dom.js";
import { TABLE, answerOf } from "./network.js";
/** @import { Context } from "../../form/context.js" */

const HEADS = ["partner", "ring", "tie", "hours", "members", "led", "came"];

/** {element, update(connections)}. */
export function makeConnectionTable(/** @type {Context} */ ctx, say) {
  const id = newId(), body = h("tbody", { role: "rowgroup" }), heads = HEADS.map((one) => say(`table_${one}`));
  const choice = (question, value) => answerOf(ctx, question, value) || say("open");
  const lines = makeList(body, () => {
    const cells = heads.map((head, at) => (at ? h("td", { role: "cell", "data-label": head, dir: "auto" }) : h("th", { scope: "row", role: "rowheader", dir: "auto" })));
    return {
      element: h("tr", { role: "row" }, cells),
      update: ({ one }) => {
        const members = [one.members, one.others].map((codes) => codes.join(", ")).filter(Boolean).join(" – ");
        const told = [one.partner || ctx.labels.row(TABLE, one.row), choice("kind", one.ring), choice("tie", one.tie), one.hours ?? say("open"), members || say("the_groups"), choice("led_by", one.led), one.came];
        told.forEach((text, at) => setText(cells[at], text));
      },
    };
  });
  const head = h("tr", { role: "row" }, heads.map((one) => h("th", { scope: "col", role: "columnheader" }, one)));
  const table = h("table", { role: "table", "aria-labelledby": id }, h("thead", { role: "rowgroup" }, head), body);
  const element = h("details", { class: "twin" }, h("summary", { id }, say("table")), h("div", { class: "scrolls", tabindex: "0", role: "group", "aria-labelledby": id }, h("div", { class: "cards" }, table)));
  return { element, update: (connections) => lines.sync(connections.map((one) => ({ key: one.row, one }))) };
}
