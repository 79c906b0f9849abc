// What is kept about people: each field with its purpose, who sees it and until when, the exact rows, and one person's own.
import { h, makeButton, newId, setText } from "../../common/dom.js";
import { showDialog } from "../../common/dialog.js";
import { giveFile } from "../../common/link.js";
import { makeFold, makeGrid } from "./fold.js";
import { makeNamesPanel } from "./names.js";
import { TABLE, answerRows, fieldOf } from "./people.js";
/** @import { Context } from "../../form/context.js" */

const DIFFERENCES = ["area", "site", "way", "tenure", "skill", "view"];
const FORM_ONLY = ["locked"];

/** {element, update()} of the part that is closed at first. */
export function makeKept(/** @type {Context} */ ctx, say, changed) {
  const panel = makeNamesPanel(ctx, say, changed);
  const what = h("p", {}), fields = h("div", {}), rows = h("div", {}), pickId = newId();
  const pick = h("select", { id: pickId }), told = h("p", { class: "small", role: "status" });
  const save = makeButton("button quiet mini", () => attempt(savePerson), say("person_save"));
  const erase = makeButton("button quiet mini", () => attempt(erasePerson), say("person_erase"));
  const person = h("div", { class: "groups-person" }, h("label", { for: pickId }, say("person_pick")), pick, h("p", { class: "buttons" }, save, erase), told);
  const whole = h("details", {}, h("summary", {}, say("kept_rows")), rows);
  const fold = makeFold(ctx, "kept", say("names_title"), [panel.element, what, fields, whole, person]);

  const code = (row) => ctx.value(fieldOf(row, "code")) ?? "";
  const called = (row) => [code(row), ctx.names.of(code(row))].filter(Boolean).join(" ");

  function update() {
    fold.update();
    panel.update();
    if (!fold.element.open) return;
    const people = ctx.rows(TABLE).filter(code), asked = ctx.columns(TABLE);
    const used = asked.filter(({ id }) => !FORM_ONLY.includes(id) && people.some((row) => ctx.value(fieldOf(row, id)) !== null));
    const key = JSON.stringify([people.map((row) => used.map(({ id }) => ctx.value(fieldOf(row, id)))), ctx.names.all(), ctx.names.shown, ctx.value("keep_until")]);
    if (fields.dataset.key === key) return;
    fields.dataset.key = key;
    setText(what, say("kept_what", { privacy: ctx.state.privacy }));
    const heads = ["field", "purpose", "who", "until"].map((one) => say(`kept_${one}`));
    const name = ctx.names.any() ? [[say("kept_name"), say("purpose_name"), say("kept_here"), say("kept_forgotten")]] : [];
    const until = ctx.value("keep_until") ? say("kept_day", { day: ctx.labels.shown(ctx.labels.question("keep_until"), ctx.value("keep_until")) }) : say("kept_erased");
    fields.replaceChildren(people.length ? makeGrid(say("names_title"), heads, [...name, ...used.map(({ id, short }) =>
      [short, say(`purpose_${DIFFERENCES.includes(id) ? "differs" : id}`), say("kept_open"), until])]) : h("p", {}, say("kept_nobody")));
    rows.replaceChildren(makeGrid(say("kept_rows"), used.map(({ short }) => short),
      people.map((row) => used.map((one) => ctx.labels.shown(one, ctx.value(fieldOf(row, one.id)))))));
    const chosen = pick.value;
    pick.replaceChildren(...people.map((row) => h("option", { value: row }, called(row))));
    if (people.includes(chosen)) pick.value = chosen;
    person.hidden = !people.length;
  }

  const attempt = (run) => run().catch((error) => setText(told, error.message));

  async function savePerson() {
    const row = pick.value, { person: text } = await ctx.ask("person", { row });
    giveFile({ name: `${say("person_file", { code: code(row) })}.txt`, mime: "text/plain", text: text.replaceAll("{who}", called(row)) });
    setText(told, say("person_saved"));
  }

  async function erasePerson() {
    const row = pick.value, who = called(row), own = code(row);
    const body = [h("p", {}, say("person_erase_what", { who })), h("p", {}, say("kept_copies"))];
    const sure = await showDialog(ctx.root, { title: say("person_erase_title", { who }), body, close: say("cancel"),
      actions: [{ label: say("person_erase"), danger: true, run: () => true }] });
    if (!sure) return;
    letGo(row, own);
    await ctx.ask("erase_field", { field: `${TABLE}/${row}` });
    ctx.names.forget([own]);
    setText(told, say("person_erased", { who }));
    changed();
  }

  /** Nobody reports to them, and no rule names them any more. */
  function letGo(row, own) {
    const below = ctx.rows(TABLE).filter((one) => ctx.value(fieldOf(one, "boss")) === row);
    if (below.length) answerRows(ctx, Object.fromEntries(below.map((one) => [one, { boss: null }])));
    for (const rule of ctx.rows("rules")) {
      const field = `rules/${rule}/who`, codes = (ctx.value(field) ?? "").split(",").map((one) => one.trim()).filter(Boolean);
      const left = codes.filter((one) => one.toLowerCase() !== own.toLowerCase());
      if (left.length < codes.length) ctx.edit(field, left.join(", ") || null, 0);
    }
  }
  fold.element.addEventListener("toggle", update);
  return { element: fold.element, update };
}
