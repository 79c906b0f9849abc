// What whoever coaches the group may ask it this week, from what it worked on last and from what it left alone.
import { h, makeList, setText } from "../../common/dom.js";
import { byWeek } from "./calendar.js";
/** @import { Context } from "../../form/context.js" */

const LOOKED_BACK = 4; // check-ins
const CHECK_INS = "check_ins";

/** {element, update(taken)}; `taken` has the practices in use: id -> row. */
export function makeCoach(/** @type {Context} */ ctx, table, names, say) {
  const list = h("ul", {}), lines = makeList(list, () => {
    const element = h("li", { dir: "auto" });
    return { element, update: ({ text }) => setText(element, text) };
  });
  const element = h("details", { class: "nine-coach" }, h("summary", {}, h("h3", {}, say("coach_title"))), h("p", { class: "small" }, say("coach_hint")), list);

  function update(taken) {
    const value = (row, question) => ctx.value(`${CHECK_INS}/${row}/${question}`);
    const { weeks } = byWeek(ctx.rows(CHECK_INS), value);
    const met = weeks.filter(({ rows }) => rows.length).slice(-LOOKED_BACK);
    const worked = met.map(({ rows }) => rows.map((row) => value(row, "practice"))).flat(), now = worked.at(-1);
    const said = [];
    if (names.has(now) && taken.has(now)) said.push({ key: "now", text: say("coach_now", { name: names.get(now), ask: say(`ask.${now}`) }) });
    for (const [id, row] of taken) {
      if (!ctx.value(`${table.id}/${row}/${table.label}`)) said.push({ key: `bare ${id}`, text: say("coach_bare", { name: names.get(id) }) });
      else if (met.length === LOOKED_BACK && !worked.includes(id)) said.push({ key: `left ${id}`, text: say("coach_left", { name: names.get(id), ask: say(`ask.${id}`) }) });
    }
    element.hidden = said.length === 0;
    lines.sync(said);
  }
  return { element, update };
}
