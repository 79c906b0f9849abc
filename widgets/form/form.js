// The form: draws any sheet from content and keeps it in step with the worksheet in the kernel.
import { h, keepFocus, keepKeys, openOnPaper, placeChildren, setText } from "../common/dom.js";
import { showDialog } from "../common/dialog.js";
import { hearFieldLinks } from "../common/goto.js";
import { Link, pageFacts } from "../common/link.js";
import { makeBrowser } from "./browser.js";
import { Context } from "./context.js";
import { FORM_DRAWN } from "./kept.js";
import { laterViews } from "./later.js";
import { makePage } from "./page.js";
import { patched } from "./patch.js";
import { Queue } from "./queue.js";
import { makeSaveBar } from "./save.js";
import { keepShown } from "./shown.js";

const DONE = { paste_rows: "rows_pasted", example: "example_loaded", undo: "undone", redo: "redone", seal: "row_sealed", restore: "restored", count: "counted" };
const SEEN = { restore: "restored", undo: "", redo: "" }; // what may have changed anywhere is said above the questions too, until it is taken back

/** One view of a form: the page, the queue of unsaved edits and the link to the kernel, joined. */
class FormView {
  #page = null; // what is drawn, once there is a state
  #state = null;
  #updating = false;
  #leaving = false;
  #gone = false;
  #content;

  constructor(model, element, given) {
    const { sheet, words, asks, views: apart = {} } = this.#content = model.get("content");
    const views = { ...laterViews(apart), ...given };
    this.root = h("div", { class: "pb-form" });
    this.browser = makeBrowser(sheet.id);
    this.queue = new Queue({
      storage: this.browser.page,
      tab: this.browser.tabId,
      changed: () => this.ctx.changed(),
      send: (op, worksheet) => this.link.send({ type: "op", op, worksheet }),
    });
    const { offline_short: noAnswer, too_large: tooLarge } = words;
    this.link = new Link(model, { noAnswer, tooLarge, onLine: (connected) => this.onLine(connected) });
    this.ctx = new Context({ sheet, words, asks, views, view: this });
    this.bar = makeSaveBar(this.ctx.say, () => this.reload());
    this.opening = h("p", { class: "small" }, this.ctx.say("save_opening"));
    placeChildren(this.root, [...this.bar.own, this.opening]);
    element.classList.add("pb");
    element.append(this.root);
    this.listen();
  }

  listen() {
    const { link, queue } = this;
    const on = { state: "onState", reply: "onReply", ack: "onAck", gone: "onGone" };
    for (const [type, method] of Object.entries(on)) link.on(type, (message) => this[method](message));
    link.on("hello?", () => { link.send(this.hello()); queue.resend(); });
    link.on("back", () => this.reload()); // a page without a connection, when there is one again
    const flush = () => {
      queue.flush();
      keepShown(this.browser, this.#content, this.#state);
    };
    const hide = () => document.hidden && flush();
    const stay = (event) => { if (queue.busy && !this.#leaving) event.preventDefault(); };
    addEventListener("pagehide", flush);
    document.addEventListener("visibilitychange", hide);
    addEventListener("beforeunload", stay);
    keepKeys(this.root);
    const onPaper = () => this.#page?.fill();
    addEventListener("beforeprint", onPaper);
    const forgetPaper = openOnPaper(this.root);
    const forgetLinks = hearFieldLinks(this.ctx.sheet.id, (field) => this.goTo(field));
    link.on("beat", (message) => this.onBeat(message));
    link.start(() => (this.#state ? this.beat() : this.hello()));
    this.showSave();
    this.close = () => {
      flush();
      removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", hide);
      removeEventListener("beforeunload", stay);
      removeEventListener("beforeprint", onPaper);
      forgetPaper();
      forgetLinks();
      link.stop();
      this.#page?.stop();
      this.bar.clear();
      this.root.remove();
    };
  }

  hello() {
    return { type: "hello", device: this.browser.device, page: pageFacts(), worksheet: this.browser.worksheet() };
  }

  beat() {
    this.queue.mark();
    return { type: "beat", seq: this.#state.seq };
  }

  reload() {
    this.#leaving = this.queue.storage.lasting;
    location.reload();
  }

  // -- what the kernel says

  /** The state that a message tells, whole or as what changed; undefined without one. Who missed a
   * message asks for the whole. */
  #told({ state, patch }) {
    if (!patch) return state;
    const next = patched(this.#state, patch);
    if (!next) this.link.send(this.hello());
    return next ?? undefined;
  }

  onState(message) {
    const state = this.#told(message);
    if (state) this.take(state);
  }

  take(state) {
    const first = !this.#state;
    // Asked before anything is drawn: later it would have both forms laid out.
    const isSomewhere = first && (scrollY > 0 || document.activeElement !== document.body);
    const other = this.#state?.worksheet.id !== state.worksheet.id;
    this.#state = state;
    this.ctx.take(state);
    keepFocus(this.root, () => {
      if (other) this.turnTo(state);
      this.update();
    }, ".worksheets > summary");
    if (first) {
      if (isSomewhere) this.#page.fill(); // who reads or types in the plain form goes on at the same place
      this.root.dispatchEvent(new CustomEvent(FORM_DRAWN, { bubbles: true, detail: { sheet: this.ctx.sheet.id } }));
      this.goTo(fieldInAddress()); // a link of another page leads to a question
    }
  }

  onBeat({ others = [] }) {
    this.queue.catchUp();
    const changed = String(others) !== String(this.ctx.others);
    this.ctx.others = others;
    if (changed) this.update();
  }

  onReply(message) {
    if (message.state) this.take(message.state); // another view of this model asked
    else if (!message.ok && !message.id) this.notice(message.text, true);
  }

  onAck(message) {
    const state = this.#told(message);
    const op = this.queue.ack({ ...message, state });
    if (op) this.tellOutcome(op, message);
    if (state) this.take(state);
  }

  tellOutcome(op, { status, text }) {
    const { ctx } = this;
    if (status === "conflict" && op.field) ctx.announce(ctx.say("clash_said", { question: ctx.labels.field(op.field) }));
    if (status === "saved" && op.kind in SEEN) this.#page?.notice(SEEN[op.kind] && ctx.say(SEEN[op.kind]), false);
    if (status === "saved" && DONE[op.kind]) ctx.announce(ctx.say(DONE[op.kind]));
    if (status !== "refused") return;
    if (op.kind !== "set") ctx.refusal = { table: op.table, text, pasted: op.text };
    if (op.field || op.table) ctx.announce(text);
    else this.notice(text, true);
  }

  async onGone({ text }) {
    if (this.link.fail(text) || this.#gone) return;
    this.#gone = true;
    this.queue.drop();
    this.browser.remember(null);
    const { say } = this.ctx;
    const words = { title: say("gone"), body: h("p", {}, text), close: say("close") };
    if (await showDialog(this.root, { ...words, actions: [{ label: say("reload"), run: () => true }] })) this.reload();
  }

  onLine(connected) {
    if (connected) this.queue.resend();
    else this.queue.release();
    this.showSave();
  }

  // -- what is on screen

  /** Turn to another worksheet: its unsaved edits, and a page of its own. */
  turnTo({ worksheet, worksheets, mode, label }) {
    const keeps = mode !== "memory";
    if (keeps) this.browser.remember(worksheet.id, Boolean(label));
    this.queue.storage = keeps ? this.browser.local : this.browser.page;
    this.queue.open(worksheet.id, worksheets.map((one) => one.id));
    this.#page?.stop();
    this.ctx.fields.clear();
    this.ctx.coming.clear();
    this.#page = makePage(this.ctx);
    const live = this.ctx.live.isConnected ? [] : [this.ctx.live];
    placeChildren(this.root, [...this.bar.own, ...this.#page.elements, ...live]);
  }

  /** Bring the page up to date soon, once for everything that changes now. */
  changed() {
    if (this.#updating || !this.#page) return;
    this.#updating = true;
    queueMicrotask(() => { this.#updating = false; keepFocus(this.root, () => this.update()); });
  }

  update() {
    this.#page.update();
    this.showSave();
  }

  goTo(field) {
    if (field) this.#page?.fill();
    return Boolean(this.#page) && this.root.checkVisibility() && this.ctx.goTo(field);
  }

  showSave() {
    const { queue, link } = this;
    this.bar.update({ state: this.#state, queue, connected: link.connected, lasting: queue.storage.lasting });
  }

  notice(text, bad = false) {
    if (this.opening.textContent === text) return; // each hello that fails says it again
    if (this.#page) this.#page.notice(text, bad);
    else setText(this.opening, text);
    this.ctx.announce(text);
  }
}

/** The field that the address names: "#field=table/row/question", as links of other pages have it, or the field alone. */
const fieldInAddress = () => decodeURIComponent(location.hash.slice(1)).replace(/^field=/, "");

/** A widget that draws forms. `views` are the pictures that a section may be drawn in, by name:
 * (ctx, section, table, show) => {element, update(), fields?}; show(row) turns to a row. */
export const formWith = (views) => ({
  render({ model, el }) {
    const view = new FormView(model, el, views);
    return () => view.close();
  },
});
