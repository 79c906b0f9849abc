// Groups as they were before: found in the history, compared with those of now, taken again.
import { h, makeButton, newId, setText } from "../../common/dom.js";
import { makeFold, makeGrid } from "./fold.js";
import { answerRows, readPeople } from "./people.js";
/** @import { Context } from "../../form/context.js" */

/** {element, update()}: two plans side by side. */
export function makePlans(/** @type {Context} */ ctx, say) {
  const pickId = newId(), none = h("p", { hidden: true }, say("plans_none")), box = h("div", {}), told = h("p", { class: "small", role: "status" });
  const pick = h("select", { id: pickId, onchange: () => fold.ask() }), use = makeButton("button quiet mini", take, say("plans_use"));
  const choice = h("div", {}, h("label", { for: pickId }, say("plans_pick")), pick, box, h("p", { class: "buttons" }, use));
  const fold = makeFold(ctx, "plans", say("plans_title"), [h("p", { class: "small" }, say("plans_hint")), none, choice, told], look);
  let plans = [];

  async function look() {
    ({ plans } = await ctx.ask("earlier", {}));
    none.hidden = plans.length > 0;
    choice.hidden = !plans.length;
    const chosen = pick.value;
    pick.replaceChildren(...plans.map(({ seq, when }) => h("option", { value: String(seq) }, when)));
    if (plans.some(({ seq }) => String(seq) === chosen)) pick.value = chosen;
    if (!plans.length) return;
    const { lines } = await ctx.ask("compare_groups", { groups: picked().groups });
    box.replaceChildren(makeGrid(say("plans_title"), ["what", "now", "then"].map((one) => say(`plans_${one}`)), lines.map(({ what, values }) => [what, ...values])));
  }

  const picked = () => plans.find(({ seq }) => String(seq) === pick.value) ?? plans[0];

  function take() {
    const { groups } = picked();
    answerRows(ctx, Object.fromEntries(readPeople(ctx).map(({ key }) => [key, { group: groups[key] ?? null }])));
    setText(told, say("plans_used"));
  }
  return fold;
}
