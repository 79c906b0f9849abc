// One question on the page: what is asked, its control, and what can be said or done about it.
import { h, makeButton, makeList, newId, setAttr, setText } from "../common/dom.js";
import { makeMenu } from "../common/dialog.js";
import { makeClash } from "./conflicts.js";
import { KINDS } from "./kinds/index.js";
import { makeCodesOnly } from "./names.js";
import { eraseField } from "./toolbar.js";
/** @import { Context } from "./context.js" */

/** The question as field `name`: {element, update(), focus(), close()}. `paste` as a kind's control takes it. */
export function makeField(/** @type {Context} */ ctx, question, name, { short = false, compact = false, paste = undefined } = {}) {
  const kind = KINDS[question.kind];
  if (!kind) throw new Error(`no questions of kind ${question.kind} on the page`);
  const codes = question.codes ? makeCodesOnly(ctx, name) : null;
  const send = (value, wait) => (wait === null ? ctx.left(name) : ctx.edit(name, value, wait));
  const changed = (value, wait) => {
    (codes?.changed ?? send)(value, wait);
    if (codes) update(); // what is held back reaches no worksheet, and so brings no update
  };
  const options = () => (question.kind === "row" ? ctx.rowChoices(question, ctx.value(name)) : question.choices);
  const shown = (value) => ctx.labels.shown(question, value);
  const workbook = ctx.asks.includes("workbook") ? (file) => ctx.ask("workbook", file) : null;
  const small = () => ctx.state?.mode === "cohort";
  const announce = (text) => ctx.announce(text);
  const typedUnit = () => (question.unit_in && ctx.value(name.replace(/[^/]*$/, question.unit_in))) || ""; // "36%" leaves it beside 36
  const rowKind = question.kind === "row" ? ctx.sheet.tables.find(({ id }) => id === question.table).row_name : "";
  const control = kind.control(question, { changed, options, rowKind, compact, paste, say: ctx.say, announce, shown, workbook, small, typedUnit });

  const followUp = question.role === "follow_up";
  const number = ctx.numbers.get(question.id);
  const place = !short && number && h("span", { class: "place" }, `${number} `);
  const optional = followUp && question.optional && ctx.numbers.size > 0 && h("span", { class: "small" }, " ", ctx.say("optional"));
  const hidden = question.private && h("span", { class: "small stays" }, ` ${ctx.say("private")}`);
  const needed = h("span", { class: "needed", hidden: true }, h("span", { class: "unknown" }), " ", ctx.say("needed"));
  const text = [place, (short && question.short) || question.text, optional, hidden, " ", needed];
  const why = question.why && !short && h("p", { class: "why", id: newId() }, question.why);
  const error = h("p", { class: "error", id: newId(), hidden: true });
  const clash = makeClash(ctx, name);
  const menu = fieldMenu(ctx, question, name);
  const offers = question.offers && makeOffers(ctx, question, name);
  const beside = codes && h("p", { class: "small", dir: "auto" });
  const body = [why, control.element, offers?.element, beside, error, clash.element, help(ctx, question, menu)];
  const width = kind.short ? "question short" : "question";
  const alone = question.private && (isLabel(ctx, question, name) ? "row" : "answer"); // what paper leaves out
  const element = h("div", { class: width, "data-field": name, "data-private": alone }, labelled(control, text, body));
  const group = element.querySelector("fieldset");

  function update() {
    element.hidden = !ctx.asked(name);
    control.draw?.(ctx.value(name));
    if (!codes?.holds) ctx.show(control, name);
    offers?.update();
    if (beside) setText(beside, codes.note(ctx.value(name)));
    const problem = codes?.trouble || ctx.problem(name);
    setText(error, problem ?? "");
    error.hidden = !problem;
    clash.update();
    const needs = followUp && ctx.needed(name, question);
    if (optional) optional.hidden = needs;
    needed.hidden = !needs || ctx.value(name) !== null;
    element.classList.toggle("wanted", !needed.hidden);
    showMenu(ctx.value(name) !== null);
    const described = [why?.id, problem && error.id].filter(Boolean).join(" ");
    control.mark(Boolean(problem), described || null, group);
    setAttr(element, "data-answered", ctx.value(name) !== null);
  }

  function showMenu(shown) {
    if (!shown && menu.element.contains(document.activeElement)) control.focus();
    menu.element.hidden = !shown;
  }

  const field = { element, update, name, focus: control.focus, close: () => ctx.fields.delete(name) };
  ctx.fields.set(name, field);
  return field;
}

/** Names that another sheet decided, each of which becomes the answer with one press. */
function makeOffers(/** @type {Context} */ ctx, question, name) {
  const label = ctx.say("offers", { question: question.short || question.text });
  const element = h("div", { class: "offers", role: "group", "aria-label": label });
  const list = makeList(element, ({ key }) => {
    const button = makeButton("offer", () => ctx.edit(name, key, 0), h("span", { dir: "auto" }, key));
    return { element: button, update: () => setAttr(button, "aria-pressed", String(ctx.value(name) === key)) };
  });
  function update() {
    const names = ctx.state?.carried?.find((one) => one.id === question.offers)?.names ?? [];
    element.hidden = names.length === 0;
    list.sync(names.map((key) => ({ key })));
  }
  return { element, update };
}

/** Whether the question names the rows of its table; a row with a private name is private. */
function isLabel(/** @type {Context} */ ctx, question, name) {
  return ctx.labels.table(ctx.labels.at(name).table)?.label === question.id;
}

function labelled(control, text, body) {
  if (control.grouped) {
    const id = newId();
    return h("fieldset", { role: control.grouped, "aria-labelledby": id }, h("legend", { id }, text), body);
  }
  control.input.id = newId();
  return [h("label", { class: "q", for: control.input.id }, text), body];
}

/** What stands beside a question: (i) for an example and where it comes from, and what can be done with the answer. */
function help(/** @type {Context} */ ctx, question, menu) {
  const { who, example } = question;
  const label = ctx.say("about", { question: question.short || question.text });
  const dot = h("summary", {}, h("span", { "aria-hidden": "true" }, "i"), h("span", { class: "visually-hidden" }, label));
  const told = () => [
    example && h("p", { dir: "auto" }, h("strong", {}, ctx.say("example")), " ", example),
    who.length > 0 && h("p", {}, h("strong", {}, ctx.say("sources"))), who.length > 0 && whoList(ctx, who),
  ];
  const about = (who.length > 0 || example) && h("details", { class: "info-dot" }, dot);
  // Every row has this for each of its questions, and few are ever opened.
  if (about) about.addEventListener("toggle", () => about.append(...told().filter(Boolean)), { once: true });
  return h("div", { class: "help" }, about, menu.element);
}

/** Who says something: each place of a source once, with what we read there. */
export function whoList(/** @type {Context} */ ctx, who) {
  const places = new Map();
  for (const { source, place, reading } of who) {
    const key = JSON.stringify([source, place]);
    if (!places.has(key)) places.set(key, [h("strong", {}, source), place && `, ${place}`]);
    places.get(key).push(h("p", {}, h("span", { class: "small" }, ctx.say("our_words")), " ", reading));
  }
  return h("ul", { class: "sources" }, [...places.values()].map((told) => h("li", {}, told)));
}

function fieldMenu(/** @type {Context} */ ctx, question, name) {
  const label = ctx.say("field_menu", { question: question.short || question.text });
  const dots = h("span", { "aria-hidden": "true" }, "⋯");
  const menu = makeMenu({}, dots, h("span", { class: "visually-hidden" }, label));
  menu.set([
    { key: "clear", label: ctx.say("clear"), run: () => ctx.edit(name, null, 0) },
    { key: "erase", label: ctx.say("erase_answer"), run: () => eraseField(ctx, name) },
  ]);
  return menu;
}
