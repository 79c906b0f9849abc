// The whole tree: picture or outline, what can be done with a metric, the panel of the chosen one, what if.
import { h, makeButton, setAttr, setText } from "../../common/dom.js";
import { TreeActions } from "./actions.js";
import { makeFacts } from "./facts.js";
import { makeBoard } from "./board.js";
import { dragCards } from "./drag.js";
import { hearKeys } from "./keys.js";
import { isWithin, wholeBranch } from "./model.js";
import { Outlook } from "./outlook.js";
import { makePanel } from "./panel.js";
import { makePast } from "./past.js";
import { makeToolRow, makeUndoNote } from "./tools.js";
import { makeWhatIf } from "./whatif.js";
/** @import { Context } from "../../form/context.js" */

const FEW_PROBLEMS = 3;
const NARROW_PX = 560; // narrower than this, the outline is the better picture

/** The view "tree" of a section: {element, update()}. */
export function makeView(/** @type {Context} */ ctx, _, table) {
  const desk = new TreeDesk(ctx, table);
  return { element: desk.root, update: () => desk.update() };
}

/** The parts of the tree's place, and how they follow what is chosen. */
class TreeDesk {
  #width = innerWidth;

  constructor(/** @type {Context} */ ctx, table) {
    const redraw = () => this.update();
    this.ctx = ctx;
    this.outlook = new Outlook(ctx);
    this.actions = new TreeActions(ctx, table, { turn: (...where) => this.turn(...where), refuse: (text) => this.refuse(text) });
    this.facts = makeFacts(ctx, redraw);
    this.board = makeBoard(ctx);
    this.panel = makePanel(ctx, this);
    this.whatIf = makeWhatIf(ctx, redraw);
    this.past = makePast(ctx);
    this.tools = makeToolRow(ctx, this);
    this.note = makeUndoNote(ctx, "tree");
    this.said = h("p", { class: "error", hidden: true });
    this.problems = h("p", { class: "small" });
    this.root = this.#element();
    this.#listen();
  }

  #element() {
    const { ctx, board, panel, tools, note, said, problems, whatIf, past } = this;
    const help = h("details", { class: "says" }, h("summary", {}, ctx.say("tree.help")), h("p", { class: "small" }, ctx.say("tree.help_text")));
    const begin = makeButton("button", () => this.actions.add(null), ctx.say("tree.begin"));
    this.empty = h("p", { class: "buttons" }, h("span", {}, ctx.say("tree.empty")), begin);
    this.filled = h("div", { class: "tree-desk" }, board.element, panel.element);
    return h("div", { class: "tree" }, this.empty, tools.element, note.element, said, this.filled, problems, help, whatIf.element, past.element);
  }

  #listen() {
    const { list, element } = this.board, node = (row) => this.tree.all.get(row);
    list.addEventListener("click", (event) => this.#clicked(event));
    list.addEventListener("focusin", ({ target }) => this.#focused(target));
    list.addEventListener("dblclick", ({ target }) => { if (target.closest("[data-row]")) this.panel.focus(); });
    hearKeys(list, this);
    dragCards(list, element, {
      zoom: () => (this.look === "picture" ? this.board.zoom() : 1),
      may: (row, target, where) => !isWithin(where === "onto" ? node(target) : node(target).parent, node(row)),
      drop: (row, target, where) => this.actions.drop(node(row), node(target), where),
    });
    new ResizeObserver(([{ contentRect }]) => this.#resized(contentRect.width)).observe(this.root);
  }

  #clicked({ target }) {
    const row = target.closest("[data-row]")?.dataset.row;
    if (!row) return;
    if (target.closest("[data-toggle]")) return this.setClosed(row, !this.isClosed(row));
    this.turn(row, "focus");
    this.panel.draw();
  }

  /** What has the focus is the chosen one, however it came there. */
  #focused({ dataset: { row } }) {
    if (row && row !== this.current?.key) this.turn(row);
  }

  #resized(width) {
    if (!width || width === this.#width) return;
    this.#width = width;
    this.update();
  }

  // -- what is chosen and shown

  get tree() { return this.outlook.tree; }
  get sight() { return this.outlook.sight; }
  get current() { return this.outlook.current; }
  get look() { return this.outlook.look ?? (this.#width < NARROW_PX ? "outline" : "picture"); }
  isClosed(row) { return this.outlook.isClosed(row); }

  /** Choose a metric; `then` is "focus" (the card) or "edit" (its name). */
  turn(row, then) {
    this.outlook.choose(row);
    this.update();
    if (then === "edit") this.panel.focus();
    else if (then) this.#focusCard();
  }

  #focusCard() {
    const card = this.current && this.board.card(this.current.key);
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  setClosed(row, closed) {
    this.outlook.close(row, closed);
    this.update();
  }

  setLook(look) {
    this.outlook.show(look);
    this.update();
    if (look === "picture") this.board.fit();
  }

  /** Go to the next metric in sight whose name begins so; whether there is one. */
  find(text) {
    const found = this.outlook.find(text);
    if (found) this.turn(found.key, "focus");
    return Boolean(found);
  }

  undo() {
    this.ctx.undo();
  }

  /** Why something was not done, in place; "" takes it back. */
  refuse(text) {
    setText(this.said, text);
    this.said.hidden = !text;
  }

  // -- on screen

  update() {
    const { board, outlook, facts, whatIf } = this;
    const hadFocus = board.list.contains(document.activeElement);
    outlook.read();
    setAttr(this.filled, "data-look", this.look);
    board.update(outlook.cards((row) => ({ fact: facts.of(row), effect: whatIf.effect(row) })), outlook.drawn);
    this.#updateRest();
    if (hadFocus && !board.list.contains(document.activeElement)) this.#focusCard();
    facts.update(this.root.closest("details")?.open !== false);
  }

  #updateRest() {
    const { current, facts, tree } = this, nodes = tree.roots.flatMap(wholeBranch);
    this.filled.hidden = this.tools.element.hidden = !nodes.length;
    this.empty.hidden = nodes.length > 0;
    this.tools.update();
    this.note.update();
    this.panel.update(current, tree, current && facts.of(current.key));
    this.whatIf.update(nodes.filter((node) => node.level === "frontline"));
    this.past.update(nodes);
    setText(this.problems, facts.refusal || this.#problemText());
  }

  #problemText() {
    const { problems } = this.facts, more = problems.length - FEW_PROBLEMS;
    const told = problems.slice(0, FEW_PROBLEMS).map((one) => one.text);
    return [...told, more > 0 && this.ctx.say("tree.more_problems", { count: more })].filter(Boolean).join(" ");
  }
}
