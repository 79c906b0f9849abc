// A part of the board that is closed at first: what it shows is asked for when it is opened, and again when the answers have changed.
import { h, setText } from "../../common/dom.js";
/** @import { Context } from "../../form/context.js" */

/** {element, update(), ask()}: `look()` runs when the part is open and something has changed since it last ran; its error is shown. */
export function makeFold(/** @type {Context} */ ctx, name, title, body, look = async () => {}) {
  const error = h("p", { class: "error", hidden: true });
  const element = h("details", { class: `groups-fold ${name}`, ontoggle: update }, h("summary", {}, title), body, error);
  let seen = "";

  function update() {
    const now = `${ctx.state?.worksheet.id} ${ctx.state?.seq}`;
    if (element.open && now !== seen && ctx.view.link.connected && !ctx.queue.busy) void ask(now);
  }

  async function ask(now = `${ctx.state.worksheet.id} ${ctx.state.seq}`) {
    seen = now;
    const problem = await look().then(() => "", (refused) => refused.message);
    setText(error, problem);
    error.hidden = !problem;
  }
  return { element, update, ask };
}

/** A table that scrolls by itself, and is cards where the place is narrow: heads as texts, lines as lists of cells. */
export function makeGrid(label, heads, lines) {
  const row = ([first, ...rest]) => h("tr", { role: "row" }, h("th", { scope: "row", role: "rowheader", dir: "auto" }, first),
    rest.map((one, at) => h("td", { role: "cell", "data-label": heads[at + 1], dir: "auto" }, one)));
  const head = h("tr", { role: "row" }, heads.map((one) => h("th", { scope: "col", role: "columnheader" }, one)));
  return h("div", { class: "scrolls", tabindex: "0", role: "group", "aria-label": label }, h("div", { class: "cards" },
    h("table", { role: "table", "aria-label": label }, h("thead", { role: "rowgroup" }, head), h("tbody", { role: "rowgroup" }, lines.map(row)))));
}
