// Rows that people add, remove and reorder: what can be done with one, and tables shown row by row.
import { h, makeButton, makeList, newId, setText } from "../common/dom.js";
import { askText, makeMenu } from "../common/dialog.js";
import { isPhone } from "./browser.js";
import { makeField } from "./field.js";
import { rowIdOf } from "./kept.js";
import { withCodesInRows } from "./names.js";
import { makeSeal } from "./seal.js";
import { deeper } from "./section.js";
/** @import { Context } from "./context.js" */

const LONG = 12; // with more rows a table shows the last ones before somebody asks for all; each row is a dozen controls
const LAST = 6; // as many as that; on a phone so many of any table at first: there, one row takes a third of the screen

/** What can be done with the rows of `table`. `show(row)` brings a row up and puts the focus there;
 * with null there is none left. */
export class RowActions {
  constructor(/** @type {Context} */ ctx, table, show) {
    this.ctx = ctx;
    this.table = table;
    this.show = show;
  }

  get rows() {
    return this.ctx.rows(this.table.id);
  }

  get full() {
    return this.rows.length >= this.table.max_rows;
  }

  get #isOfPeople() {
    return this.ctx.columns(this.table.id).some(({ id, codes }) => codes && id === this.table.label);
  }

  add() {
    this.#make("add_row");
  }

  #make(kind, from) {
    const { ctx, table } = this;
    this.show(rowIdOf(ctx.op(kind, { table: table.id, ...from })));
    ctx.announce(ctx.say("row_added", { name: table.row_name }));
  }

  #remove(row) {
    const { ctx, table } = this;
    const place = this.rows.indexOf(row), text = ctx.say("row_removed", { row: ctx.labels.row(table.id, row) });
    ctx.removed = { op: ctx.op("remove_row", { table: table.id, row }), table: table.id, text };
    this.show(this.rows[Math.min(place, this.rows.length - 1)] ?? null);
    ctx.announce(text);
  }

  #move(row, by) {
    const { ctx, table } = this;
    ctx.op("move_row", { table: table.id, row, by });
    const place = this.rows.indexOf(row) + 1, count = this.rows.length;
    ctx.announce(ctx.say("row_moved", { row: ctx.labels.row(table.id, row), place, count }));
    setTimeout(() => document.activeElement.scrollIntoView({ block: "nearest" })); // the row took its menu along
  }

  /** The menu of a row. */
  items(row) {
    const place = this.rows.indexOf(row), last = this.rows.length - 1;
    const item = (key, run, stay) => ({ key, label: this.ctx.say(`row_${key}`), run, stay });
    return [
      place > 0 && item("up", () => this.#move(row, -1), true),
      place < last && item("down", () => this.#move(row, 1), true),
      !this.full && item("duplicate", () => this.#make("duplicate_row", { row })),
      item("remove", () => this.#remove(row)),
    ].filter(Boolean);
  }

  /** Ask for rows; what was refused is there again, to be mended. */
  async paste(text = (this.ctx.refusal?.table === this.table.id && this.ctx.refusal.pasted) || "") {
    const { ctx, table } = this;
    if (this.#isOfPeople) return this.#pasteApart(text);
    const columns = ctx.columns(table.id).map((question) => question.short || question.text).join(", ");
    const given = await askText(ctx.root, {
      title: ctx.say("paste_title"), label: ctx.say("paste_label"), hint: ctx.say("paste_hint", { columns }),
      value: text, rows: 6, ok: ctx.say("paste_ok"), close: ctx.say("cancel"),
    });
    if (given) this.#send(given);
  }

  /** Rows that ask for people by their codes go without names, or not at all. */
  #send(pasted) {
    const { ctx, table } = this, { text, strange } = withCodesInRows(pasted, ctx.columns(table.id), ctx.names);
    if (!strange.length) return void ctx.op("paste_rows", { table: table.id, text });
    ctx.refusal = { table: table.id, text: ctx.say("name_unknown", { name: strange.join(", ") }), pasted };
    ctx.changed();
  }

  /** Rows of people are taken by the table's view, which sends no names; without it nothing is taken. */
  async #pasteApart(text) {
    const { ctx, table } = this;
    const section = ctx.sheet.sections.find((one) => one.table === table.id && one.view);
    await ctx.coming.get(section.id)?.();
    await ctx.pasting.get(table.id)?.(text);
  }

  /** Several lines pasted into one cell, which shows `shown` lines, are offered as rows; whether they were. */
  offer(text, shown) {
    const lines = text.trim().includes("\n") && (text.includes("\t") || shown === 1);
    if (lines) this.paste(text);
    return lines;
  }
}

/** The buttons under a table: add, paste, and the note on a row that was just removed. */
export function makeRowButtons(/** @type {Context} */ ctx, table, actions) {
  const add = makeButton("button quiet", () => actions.add(), ctx.say("row_add", { name: table.row_name }));
  const paste = makeButton("button quiet", () => actions.paste(), ctx.say("paste"));
  const undo = makeButton("button quiet", () => ctx.undo(), ctx.say("undo_short"));
  const text = h("span");
  const note = h("p", { class: "note", hidden: true }, text, " ", undo);
  const full = h("p", { class: "small", hidden: true }, ctx.say("rows_full", { limit: table.max_rows }));
  const error = h("p", { class: "error", hidden: true });
  const element = h("div", { class: "row-buttons" }, note, h("p", { class: "buttons" }, add, paste), full, error);
  function update() {
    note.hidden = !(ctx.removed?.table === table.id && ctx.removed.op === ctx.queue.last);
    if (!note.hidden) setText(text, ctx.removed.text);
    add.disabled = paste.disabled = actions.full;
    full.hidden = !actions.full;
    error.hidden = ctx.refusal?.table !== table.id;
    setText(error, error.hidden ? "" : ctx.refusal.text);
  }
  return { element, update, focus: () => add.focus() };
}

/** A menu with a row's actions; update() follows the row's place. */
export function makeRowMenu(/** @type {Context} */ ctx, table, row, actions) {
  const menu = makeMenu({ class: "button-like" }, ctx.say("row_menu", { name: table.row_name }));
  return { element: menu.element, update: () => menu.set(actions.items(row)) };
}

/** A section whose questions are asked for each row of a plain table: every row in the open, of a long table the last ones
 * first, and none while it is folded. reach(row) shows one that waits; paper shows all. */
export function makeTable(/** @type {Context} */ ctx, section, table) {
  const id = newId();
  let opened = false, waiting = new Set(), known = new Set(); // the rows that were too many when they came, and all that came so far
  const actions = new RowActions(ctx, table, show);
  const buttons = makeRowButtons(ctx, table, actions);
  const list = h("ol", { class: "rows" });
  const cards = makeList(list, ({ key }) => rowCard(ctx, section, table, key, actions));
  const intros = new Set([section.intro, table.intro].filter(Boolean));
  if (section.deeper) intros.delete(section.intro); // it stands beside the heading
  const earlier = makeButton("button quiet", () => { showAll(); cards.get(actions.rows[0])?.focus(); });
  const body = [[...intros].map((text) => h("p", { class: "intro" }, text)), h("p", { class: "buttons" }, earlier), list, buttons.element];
  const element = section.deeper
    ? deeper(section, body)
    : h("section", { "aria-labelledby": id, "data-section": section.id }, h("h2", { id }, section.title), body);

  addEventListener("beforeprint", onPaper);
  element.addEventListener("toggle", () => update());

  function show(row) {
    update(); // a new row has its card from then on
    reach(row);
    if (row) cards.get(row)?.focus();
    else buttons.focus();
  }

  function reach(row) {
    if (actions.rows.includes(row) && !cards.get(row)) showAll();
  }

  function showAll() {
    waiting = new Set();
    update();
  }

  function onPaper() {
    if (element.isConnected) showAll();
    else removeEventListener("beforeprint", onPaper);
  }

  function update() {
    const { rows } = actions, fresh = rows.filter((row) => !known.has(row)); // a file that is taken over brings hundreds at once
    if (fresh.length > LONG || (isPhone() && !opened)) fresh.slice(0, -LAST).forEach((row) => waiting.add(row));
    known = new Set(rows);
    opened = true;
    const shown = actions.rows.filter((row) => !waiting.has(row)), count = actions.rows.length - shown.length;
    earlier.parentElement.hidden = !count;
    setText(earlier, count ? ctx.say("rows_earlier", { count }) : "");
    if (!(count && section.deeper && !element.open)) cards.sync(shown.map((key) => ({ key })));
    buttons.update();
  }
  return { element, update, reach };
}

function rowCard(/** @type {Context} */ ctx, section, table, row, actions) {
  const asked = section.questions.filter((question) => question.id !== table.seal);
  const fields = asked.map((question) => makeField(ctx, question, `${table.id}/${row}/${question.id}`, {
    short: true, compact: table.compact, paste: question.id === table.label ? (...given) => actions.offer(...given) : undefined,
  }));
  const menu = makeRowMenu(ctx, table, row, actions);
  const seal = table.seal ? makeSeal(ctx, table, row, asked) : null;
  const named = asked.some((question) => question.id === table.label); // else the row's name stands in another section
  const legend = h("legend", {});
  const element = h("li", { class: table.compact ? "card compact" : "card" }, h("fieldset", { class: "row" }, legend,
    seal?.element, h("div", { class: "row-grid" }, fields.map((field) => field.element)), menu.element));
  return {
    element,
    focus: () => fields.find((field) => !field.element.hidden)?.focus(),
    close: () => fields.forEach((field) => field.close()),
    update: () => {
      setText(legend, named ? ctx.labels.placeName(table.row_name, actions.rows.indexOf(row)) : ctx.labels.row(table.id, row));
      fields.forEach((field) => field.update());
      menu.update();
      const hides = seal?.update() ?? (() => false);
      fields.forEach((field, place) => { if (hides(asked[place])) field.element.hidden = true; });
      menu.element.hidden = Boolean(seal?.sealed());
    },
  };
}
