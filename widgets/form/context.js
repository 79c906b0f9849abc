// What every part of the form may know and do: the worksheet as it stands, and the ways to change it.
import { fill, h, same, uuid } from "../common/dom.js";
import { makeLabels } from "./labels.js";
import { rowIdOf } from "./kept.js";
import { makeNames } from "./names.js";
import { project } from "./queue.js";

const AGAIN_MS = 80; // a live region speaks only of a change

/** The context of one form `view` (which has queue, link, browser, and hears of changes). */
export class Context {
  #raw = null; // the state as the kernel told it
  #projected = null; // the state with what is under way done
  #blanks = new Map(); // "table/place" -> {op, table, answers} of a row that the first answer will make

  version = 0; // another number whenever anything here may read differently
  fields = new Map(); // field name -> field on the page
  coming = new Map(); // section -> () => promise that its view is there, which is still to come
  unfilled = []; // the sections of the page that are not filled yet
  others = []; // the names of those who have this worksheet open as well
  pasting = new Map(); // table -> async (text) => {}, of a view that takes pasted rows in its own way
  refusal = null; // the row operation that was refused last: {table, text, pasted}
  removed = null; // the row that was removed last: {table, op, text}
  sectionOf = (_name) => null; // the element of the section that asks it; the page's to know
  reveal = (_name) => {}; // bring a field into sight; the page's to know
  row = null; // the candidate that is edited

  constructor({ sheet, words, asks = [], view, views = {} }) {
    const { root, queue } = view;
    this.say = (key, values) => fill(words[key] ?? key, values ?? {});
    this.labels = makeLabels(sheet, this.say, (name) => this.value(name), (table) => this.rows(table));
    this.live = document.querySelector("[data-pb-live]") ?? h("p", { class: "visually-hidden", role: "status" });
    this.sheet = sheet;
    this.numbers = numbersOf(sheet);
    this.asks = asks;
    this.views = views;
    this.view = view;
    this.root = root;
    this.queue = queue;
    this.names = makeNames(this);
  }

  // -- how it stands

  get state() {
    return (this.#projected ??= project(this.#raw, this.queue.ops));
  }

  /** Take in the state as the kernel tells it. */
  take(state) {
    if (this.#raw?.worksheet.id !== state.worksheet.id) {
      this.#blanks.clear();
      this.removed = this.refusal = null;
    }
    this.#raw = state;
    this.#projected = null;
    this.version += 1;
  }

  changed() {
    this.#projected = null;
    this.version += 1;
    this.view.changed();
  }

  value(name) {
    return (this.queue.draft(name) ?? this.state.fields[name])?.value ?? null;
  }

  rows(table) {
    return this.state.rows[table] ?? [];
  }

  asked(name) {
    const { table, row, question } = this.labels.at(name);
    const { asked } = this.state;
    return (asked[table ? `${table}/${row}` : ""] ?? asked[`${table}/`])?.includes(question) ?? true;
  }

  /** Whether the verdict waits for it, so that it is never called optional. */
  needed(name, { optional }) {
    const { table, row, question } = this.labels.at(name);
    return !optional || Boolean(this.state.needed[table ? `${table}/${row}` : ""]?.includes(question));
  }

  /** Why a field's value was refused; null when it was not. */
  problem(name) {
    return this.queue.draft(name)?.error ?? null;
  }

  /** Whether nothing is answered here. */
  isBlank() {
    const { fields } = this.state;
    for (const name in fields) if (fields[name].value !== null) return false;
    return true;
  }

  /** The questions asked for each row of a table. */
  columns(table) {
    return this.sheet.sections.filter((section) => section.table === table).flatMap((section) => section.questions);
  }

  /** The rows that a question may be answered with: those it leaves out only where it names one already. */
  rowChoices({ table, apart_from: apart }, chosen = null) {
    const out = (row) => apart && row !== chosen && apart.any_of.includes(this.value(`${table}/${row}/${apart.question}`));
    return this.rows(table).filter((row) => !out(row)).map((row) => ({ id: row, label: this.labels.row(table, row) }));
  }

  /** The id of a row that is not there yet, and is made by the first answer: the one that stands in an
   * empty table, or at a `place` of a picture. answers() then says what the row is made with. */
  blankRow(table, place = "", answers = () => ({})) {
    const key = `${table}/${place}`;
    if (!this.#blanks.has(key)) this.#blanks.set(key, { op: uuid(), table, answers });
    return rowIdOf(this.#blanks.get(key).op);
  }

  // -- changing it

  /** Change an answer on screen now and in the kernel after `wait` milliseconds. */
  edit(name, typed, wait) {
    const given = typeof typed === "string" ? this.names.hidden(typed) : typed;
    this.refusal = null;
    this.makeBlankRow(this.labels.at(name).row);
    const stored = this.state.fields[name];
    if (!this.queue.pending(name) && same(stored?.value, given)) this.queue.forget(name);
    else this.queue.edit(name, given, stored?.rev ?? 0, wait);
    this.changed();
  }

  /** Make a row that stands there blank; nothing happens with any other. */
  makeBlankRow(row) {
    const [key, blank] = [...this.#blanks].find(([, { op }]) => rowIdOf(op) === row) ?? [];
    if (!blank) return;
    this.#blanks.delete(key);
    this.queue.add("add_row", { table: blank.table, answers: blank.answers() }, blank.op);
  }

  /** A field was left: what was typed goes now. */
  left(name) {
    this.queue.submit(name);
    this.changed();
  }

  op(kind, args) {
    this.refusal = null;
    this.queue.flush();
    return this.queue.add(kind, args);
  }

  /** Take the last step back, once what was typed is that step. */
  async undo() {
    if (this.view.link.connected) await this.queue.settled();
    this.op("undo", {});
  }

  /** Ask the kernel, once what was typed has arrived there; `before` drops it instead. */
  async ask(what, args, before) {
    const { link } = this.view;
    if (before) before();
    else if (link.connected) await this.queue.settled();
    const reply = await link.ask(what, args);
    if (reply.state) this.view.onState(reply);
    if (reply.notice) this.view.notice(reply.notice);
    return reply;
  }

  // -- on screen

  /** Show a field's value, unless it is only the echo of what is being typed. */
  show(control, name) {
    const wanted = this.value(name);
    if (same(control.read(), wanted)) return;
    const typing = (control.input ?? control.element).contains(document.activeElement) && !this.queue.draft(name);
    if (!(typing && this.queue.isEcho(name, this.state.fields[name]?.rev))) control.write(wanted);
  }

  announce(text) {
    this.live.textContent = "";
    setTimeout(() => { this.live.textContent = text; }, AGAIN_MS);
  }

  focusField(name) {
    this.reveal(name);
    this.fields.get(name)?.focus();
  }

  /** Bring a field into sight and put the focus there, as a link asks for it; whether there was such a place.
   * "table//question" is that question of the candidate on screen, of the last row in time, or of the first that left it open;
   * a view that knows better has a field of that name. */
  goTo(name) {
    const { table, row, question } = this.labels.at(name);
    const { candidates: isCandidates, dated } = this.labels.table(table) ?? {};
    const open = () => dated ? this.#lastOf(table, dated) : this.rows(table).find((one) => this.value(`${table}/${one}/${question}`) === null) ?? this.rows(table)[0];
    const named = table && !row && !this.fields.has(name) ? `${table}/${isCandidates ? this.row : open()}/${question}` : name;
    const section = this.sectionOf(named);
    if (!section) return false;
    this.reveal(named);
    const field = this.fields.get(named), view = !field && this.coming.get(section.dataset.section);
    if (view) view().then(() => this.coming.has(section.dataset.section) || this.goTo(name));
    if (field && !field.element.hidden) pointTo(field);
    else {
      if (section.matches("details")) section.open = true;
      section.scrollIntoView({ block: "start" });
      const controls = [...section.querySelectorAll("button, input, textarea, select")];
      controls.find((one) => one.checkVisibility())?.focus({ preventScroll: true }); // in an empty list, what adds a row
    }
    return true;
  }

  /** The row with the latest day; of several with none the last. */
  #lastOf(table, dated) {
    const day = (row) => this.value(`${table}/${row}/${dated}`) ?? "";
    return this.rows(table).reduce((one, other) => (one && day(one) > day(other) ? one : other), null);
  }

  /** How many of the core questions are answered, the sheet's and those of the candidate that is edited. */
  get progress() {
    const { progress, rows_progress: rows, decisive } = this.state;
    const table = this.sheet.tables.find((one) => one.candidates);
    if (!table) return progress;
    const shown = rows[`${table.id}/${this.row}`] ?? { answered: 0, waiting: 0 }, told = rows[`${table.id}/${decisive ?? ""}`] ?? shown;
    const here = (what) => progress[what] - told[what] + shown[what];
    return { answered: here("answered"), asked: progress.asked, waiting: here("waiting") };
  }
}

/** Put the focus on a field, in the middle of the screen, and mark it until the focus leaves. */
function pointTo({ element, focus }) {
  element.scrollIntoView({ block: "center" });
  focus();
  element.classList.add("pointed");
  element.addEventListener("focusout", () => element.classList.remove("pointed"), { once: true });
}

/** The core questions' places, as they are counted: id -> 1, 2, ... */
function numbersOf({ sections }) {
  const core = sections.flatMap((section) => section.questions).filter((question) => question.role === "core");
  return new Map(core.map((question, place) => [question.id, place + 1]));
}
