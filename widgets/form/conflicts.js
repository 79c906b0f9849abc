// Two people, or two tabs, changed the same answer: said at the field, with both values to choose from.
import { h, makeButton, placeChildren, same } from "../common/dom.js";
/** @import { Context } from "./context.js" */

/** The box for one field's conflicts; update() shows or empties it. */
export function makeClash(/** @type {Context} */ ctx, field) {
  const element = h("div", { class: "clash" });
  let shown = null;
  function update() {
    const waiting = ctx.state.conflicts.filter((conflict) => conflict.field === field);
    const signature = waiting.length ? [waiting, ctx.state.fields[field]] : null;
    if (same(signature, shown)) return;
    shown = signature;
    placeChildren(element, waiting.length ? clashBox(ctx, field, waiting) : []);
  }
  return { element, update, get open() { return shown !== null; } };
}

function clashBox(/** @type {Context} */ ctx, field, waiting) {
  const question = ctx.labels.question(field);
  const mine = waiting.at(-1); // later ones say what earlier ones said, and more
  const say = (value) => ctx.labels.shown(question, value) || ctx.say("blank");
  const values = { theirs: say(ctx.state.fields[field]?.value), mine: say(mine.value) };
  const settle = (take) => {
    for (const conflict of waiting) ctx.op("resolve", { conflict: conflict.id, take: take && conflict === mine });
    ctx.focusField(field);
  };
  const button = (key, take) => makeButton("button quiet", () => settle(take), ctx.say(key));
  return [
    h("p", {}, ctx.say("clash", values)),
    h("p", { class: "buttons" }, button("clash_keep", false), button("clash_take", true)),
  ];
}
