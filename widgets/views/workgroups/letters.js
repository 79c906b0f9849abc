// Why each person is in their group, and what people are told: call, application, letters. Names are filled in here alone.
import { h, makeButton, newId, setText } from "../../common/dom.js";
import { giveFile } from "../../common/link.js";
import { makeFold, makeGrid } from "./fold.js";
import { readPeople } from "./people.js";
/** @import { Context } from "../../form/context.js" */

/** {element, update()}: a table of reasons without scores. */
export function makeWhy(/** @type {Context} */ ctx, say) {
  const box = h("div", {});
  async function look() {
    const { why } = await ctx.ask("why", {});
    const people = readPeople(ctx).filter(({ key }) => why[key]).sort((one, other) => one.group - other.group);
    const heads = ["table_person", "table_group", "table_why"].map((one) => say(one));
    box.replaceChildren(people.length ? makeGrid(say("why_title"), heads, people.map(({ key, code, group }) =>
      [[code, ctx.names.of(code)].filter(Boolean).join(" "), String(group), why[key].join(" ")])) : h("p", {}, say("kept_nobody")));
  }
  return makeFold(ctx, "why", say("why_title"), [h("p", { class: "small" }, say("why_hint")), box], look);
}

/** {element, update()}: the texts, to be changed and saved. */
export function makeLetters(/** @type {Context} */ ctx, say) {
  const whichId = newId(), textId = newId(), told = h("p", { class: "small", role: "status" });
  const which = h("select", { id: whichId, onchange: show }), text = h("textarea", { id: textId, rows: 14, dir: "auto" });
  const lacking = h("ul", { class: "small" });
  const save = makeButton("button quiet mini", () => give(which.selectedOptions[0].textContent, text.value), say("letters_save"));
  const saveAll = makeButton("button quiet mini", () => give(say("letters_title"), letters().map(([, one]) => one).join("\n\n\f\n")), say("letters_save_all"));
  const fold = makeFold(ctx, "letters", say("letters_title"), [lacking, h("label", { for: whichId }, say("letters_which")), which,
    h("label", { for: textId }, say("letters_text")), text, h("p", { class: "buttons" }, save, saveAll), told], look);
  let found = null;

  /** Each text by its key, names filled in. */
  function letters() {
    const named = (code) => ctx.names.of(code) || code || say("letters_somebody");
    const people = readPeople(ctx).filter(({ key }) => found.chosen[key]);
    return [
      ["call", found.call], ["application", found.application],
      ...people.map(({ key, code }) => [key, found.chosen[key].replaceAll("{name}", named(code))]),
      ["others", found.others.replaceAll("{name}", say("letters_somebody"))],
    ];
  }

  async function look() {
    found = await ctx.ask("letters", {});
    const chosen = which.value, codes = Object.fromEntries(readPeople(ctx).map(({ key, code }) => [key, code]));
    const label = (key) => (codes[key] ? say("letters_chosen", { who: [codes[key], ctx.names.of(codes[key])].filter(Boolean).join(" ") }) : say(`letters_${key}`));
    which.replaceChildren(...letters().map(([key]) => h("option", { value: key }, label(key))));
    if (letters().some(([key]) => key === chosen)) which.value = chosen;
    lacking.replaceChildren(...found.lacking.map((one) => h("li", {}, one)));
    lacking.hidden = !found.lacking.length;
    show();
  }

  function show() {
    text.value = letters().find(([key]) => key === which.value)?.[1] ?? "";
  }

  function give(name, words) {
    giveFile({ name: `${name.replace(/[^\p{L}\p{N} -]+/gu, "").trim() || say("letters_file")}.txt`, mime: "text/plain", text: words });
    setText(told, say("letters_saved"));
  }
  return fold;
}

/** {element, update()}: a lot that everybody can draw again, with names that stay here. */
export function makeLot(/** @type {Context} */ ctx, say) {
  const [peopleId, placesId, wordId] = [newId(), newId(), newId()], told = h("p", { class: "error" }), shown = h("div", { role: "status" });
  const people = h("textarea", { id: peopleId, rows: 6, dir: "auto" }), places = h("input", { id: placesId, type: "number", min: "1", value: "1" });
  const word = h("input", { id: wordId, type: "text", autocomplete: "off" });
  const body = [h("p", { class: "small" }, say("lot_hint")), h("label", { for: peopleId }, say("lot_people")), people,
    h("label", { for: placesId }, say("lot_places")), places, h("label", { for: wordId }, say("lot_word")), word,
    h("p", { class: "buttons" }, makeButton("button quiet mini", draw, say("lot_draw"))), told, shown];

  async function draw() {
    const all = [...new Set(people.value.split(/\r?\n/).map((line) => line.trim()).filter(Boolean))].sort((one, other) => (one < other ? -1 : 1));
    try {
      const { order } = await ctx.ask("lot", { count: all.length, word: word.value });
      const count = Math.max(1, Math.floor(Number(places.value) || 1)), list = (some) => h("ol", {}, some.map((at) => h("li", { dir: "auto" }, all[at])));
      const waiting = order.slice(count);
      shown.replaceChildren(h("h4", {}, say("lot_chosen")), list(order.slice(0, count)), ...(waiting.length ? [h("h4", {}, say("lot_waiting")), list(waiting)] : []));
      setText(told, "");
    } catch (error) {
      setText(told, error.message);
    }
  }
  return makeFold(ctx, "lot", say("lot_title"), body);
}
