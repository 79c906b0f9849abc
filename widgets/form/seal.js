// A row that can be sealed: what it says before a day, hidden until it is opened beside what happened.
import { showDialog } from "../common/dialog.js";
import { h, makeButton, setText } from "../common/dom.js";
/** @import { Context } from "./context.js" */

/** The seal of `row`: {element, sealed(), update()}; update() gives which questions are hidden now. */
export function makeSeal(/** @type {Context} */ ctx, table, row, questions) {
  const value = (question) => ctx.value(`${table.id}/${row}/${question}`);
  const sealed = () => value(table.seal) !== null;
  const before = questions.filter(({ id }) => !table.after_seal.includes(id));
  const seal = makeButton("button quiet", ask, ctx.say("seal"));
  const open = makeButton("button quiet", () => ctx.edit(`${table.id}/${row}/${table.opened}`, today(), 0), ctx.say("seal_open"));
  const told = h("p", {}), said = h("dl", { class: "sealed" });
  const hint = h("p", { class: "small" }, ctx.say("seal_hint"));
  const element = h("div", { class: "seal" }, told, said, h("p", { class: "buttons" }, seal, open), hint);

  /** Nobody can take a seal back, so it shows first what it would keep. */
  async function ask() {
    const kept = h("dl", { class: "sealed" }, before.flatMap((question) => pair(ctx, question, value(question.id))));
    const words = { title: ctx.say("seal_ask"), close: ctx.say("cancel"), body: [kept, h("p", {}, ctx.say("seal_hint"))] };
    const sure = await showDialog(ctx.root, { ...words, actions: [{ label: ctx.say("seal"), run: () => true, danger: true }] });
    if (sure) ctx.op("seal", { table: table.id, row });
  }

  function update() {
    const opened = !table.opened || value(table.opened) !== null, isSealed = sealed();
    seal.hidden = hint.hidden = isSealed;
    open.hidden = !isSealed || opened;
    told.hidden = !isSealed;
    setText(told, isSealed ? ctx.say("sealed", { day: ctx.labels.shown({ kind: "date" }, value(table.seal)) }) : "");
    said.hidden = !isSealed || !opened;
    said.replaceChildren(...(said.hidden ? [] : before.flatMap((question) => pair(ctx, question, value(question.id)))));
    return ({ id }) => (table.after_seal.includes(id) ? !isSealed || !opened : isSealed);
  }
  return { element, sealed, update };
}

function pair(/** @type {Context} */ ctx, question, given) {
  if (given === null) return [];
  return [h("dt", {}, question.short || question.text), h("dd", { dir: "auto" }, ctx.labels.shown(question, given))];
}

function today() {
  const now = new Date(), two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
