// Rows that a view of practices adds and removes, with the way back for what was just removed.
import { h, makeButton, setText } from "../../common/dom.js";
import { rowIdOf } from "../../form/kept.js";
/** @import { Context } from "../../form/context.js" */

/** add(answers) gives the new row's id; remove(row, name) takes one away and says so in `element`. */
export function makeDrops(/** @type {Context} */ ctx, table, where) {
  const text = h("span"), undo = makeButton("button quiet", () => ctx.undo(), ctx.say("undo_short"));
  const element = h("p", { class: "note", hidden: true }, text, " ", undo);
  function remove(row, name) {
    const said = ctx.say(`${where}.removed`, { name, problem: name });
    ctx.removed = { op: ctx.op("remove_row", { table: table.id, row }), table: table.id, where, text: said };
    ctx.announce(said);
    ctx.changed();
    undo.focus();
  }
  function update() {
    const { removed } = ctx;
    element.hidden = !(removed?.table === table.id && removed.where === where && removed.op === ctx.queue.last);
    if (!element.hidden) setText(text, removed.text);
  }
  return { element, update, remove, add: (answers) => rowIdOf(ctx.op("add_row", { table: table.id, answers })) };
}
