// The whole tree: picture or outline, what can be done with a metric, the panel of the chosen one, what if.
import { h, makeButton, setAttr, setText } from "../common/dom.js";
import { TreeActions } from "./actions.js";
import { makeFacts } from "./asker.js";
import { makeBoard } from "./board.js";
import { dragCards } from "./drag.js";
import { hearKeys } from "./keys.js";
import { besides, inSight, isWithin, readTree, wholeBranch } from "./model.js";
import { makePanel } from "./panel.js";
import { makePast } from "./past.js";
import { makeToolRow, makeUndoNote } from "./tools.js";
import { makeWhatIf } from "./whatif.js";

const NARROW_PX = 560; // narrower than this, the outline is the better picture

/** The view "tree" of a section: {element, update()}. */
export function makeTree(ctx, _, table) {
  return new TreeDesk(ctx, table).view;
}

/** What is chosen, closed and shown, and the parts that follow it. */
class TreeDesk {
  #kept;
  #tree = { all: new Map(), roots: [] };
  #sight = [];
  #width = innerWidth;
  #place = 0; // of the chosen metric in sight, for when it goes

  constructor(ctx, table) {
    this.ctx = ctx;
    this.#kept = makeKept(ctx);
    const redraw = () => this.update();
    this.actions = new TreeActions(ctx, table, { turn: (...where) => this.turn(...where), refuse: (text) => this.refuse(text) });
    this.facts = makeFacts(ctx, redraw);
    this.board = makeBoard(ctx);
    this.panel = makePanel(ctx, this);
    this.whatIf = makeWhatIf(ctx, redraw);
    this.past = makePast(ctx);
    this.tools = makeToolRow(ctx, this);
    this.note = makeUndoNote(ctx, "tree");
    this.said = h("p", { class: "error", hidden: true });
    this.view = { element: this.#element(), update: redraw };
    this.#listen();
  }

  #element() {
    const { ctx, board, panel, tools, note, said, whatIf, past } = this;
    this.problems = h("p", { class: "small" });
    const help = h("details", { class: "says" }, h("summary", {}, ctx.say("tree.help")), h("p", { class: "small" }, ctx.say("tree.help_text")));
    this.empty = h("p", { class: "buttons" }, h("span", {}, ctx.say("tree.empty")),
      makeButton("button", () => this.actions.add(null), ctx.say("tree.begin")));
    this.desk = h("div", { class: "tree-desk" }, h("div", { class: "tree-left" }, board.element), panel.element);
    return (this.root = h("div", { class: "tree" }, this.empty, tools.element, note.element, said, this.desk, this.problems, help,
      whatIf.element, past.element));
  }

  #listen() {
    const { list, element } = this.board;
    list.addEventListener("click", (event) => this.#clicked(event));
    list.addEventListener("focusin", (event) => this.#focused(event));
    list.addEventListener("dblclick", ({ target }) => { if (target.closest("[data-row]")) this.panel.focus(); });
    hearKeys(list, this);
    dragCards(list, element, {
      zoom: () => (this.look === "picture" ? this.board.zoom() : 1),
      may: (row, target, where) => this.#mayDrop(row, target, where),
      drop: (row, target, where) => this.actions.drop(this.#tree.all.get(row), this.#tree.all.get(target), where),
    });
    new ResizeObserver(([{ contentRect }]) => this.#resized(contentRect.width)).observe(this.root);
  }

  #clicked({ target }) {
    const row = target.closest("[data-row]")?.dataset.row;
    if (!row) return;
    if (target.closest("[data-toggle]")) this.setClosed(row, !this.isClosed(row));
    else {
      this.turn(row, "focus");
      this.panel.draw();
    }
  }

  /** What has the focus is the chosen one, however it came there. */
  #focused({ target }) {
    const { row } = target.dataset;
    if (row && row !== this.#kept.chosen) this.turn(row);
  }

  #mayDrop(row, target, where) {
    const node = this.#tree.all.get(row), other = this.#tree.all.get(target);
    const parent = where === "onto" ? other : other.parent;
    return !parent || !isWithin(parent, node);
  }

  #resized(width) {
    if (!width || width === this.#width) return;
    this.#width = width;
    this.update();
  }

  // -- what is chosen and shown

  get tree() { return this.#tree; }
  get sight() { return this.#sight; }
  get current() { return this.#tree.all.get(this.#kept.chosen) ?? null; }
  get look() { return this.#kept.look ?? (this.#width < NARROW_PX ? "outline" : "picture"); }
  isClosed(row) { return this.#kept.closed.has(row); }

  /** Choose a metric; `then` is "focus" (the card) or "edit" (its name). */
  turn(row, then) {
    this.#kept.chosen = row;
    for (let at = this.#tree.all.get(row)?.parent; at; at = at.parent) this.#kept.closed.delete(at.key);
    this.#kept.save();
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
    this.#kept.closed[closed ? "add" : "delete"](row);
    const node = this.#tree.all.get(row);
    if (closed && this.current && this.current !== node && isWithin(this.current, node)) this.#kept.chosen = row;
    this.#kept.save();
    this.update();
  }

  setLook(look) {
    this.#kept.look = look;
    this.#kept.save();
    this.update();
    if (look === "picture") this.board.fit();
  }

  /** Go to the next metric in sight whose name begins so; whether there is one. */
  find(text) {
    const start = this.#sight.indexOf(this.current) + ([...text].length === 1);
    const order = [...this.#sight.slice(start), ...this.#sight.slice(0, start)];
    const found = order.find((node) => node.name.toLocaleLowerCase().startsWith(text.toLocaleLowerCase()));
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
    const hadFocus = this.board.list.contains(document.activeElement);
    this.#tree = readTree(this.ctx);
    this.#sight = inSight(this.#tree.roots, this.#kept.closed);
    this.#choose();
    this.#drawBoard();
    this.#drawRest();
    if (hadFocus && !this.board.list.contains(document.activeElement)) this.#focusCard();
    this.facts.update(this.root.closest("details")?.open !== false);
  }

  #choose() {
    const at = this.#sight.indexOf(this.current);
    if (at >= 0) this.#place = at;
    else if (!this.current) this.#kept.chosen = this.#sight[Math.min(this.#place, this.#sight.length - 1)]?.key ?? null;
  }

  #drawBoard() {
    const { closed } = this.#kept;
    const items = this.#sight.map((node) => {
      const beside = besides(this.#tree, node);
      return {
        key: node.key, node, place: beside.indexOf(node) + 1, count: beside.length, closed: closed.has(node.key),
        current: node === this.current, fact: this.facts.of(node.key), effect: this.whatIf.effect(node.key),
      };
    });
    const open = (node) => ({ key: node.key, children: closed.has(node.key) ? [] : node.children.map(open) });
    setAttr(this.desk, "data-look", this.look);
    setAttr(this.board.element.parentElement, "data-look", this.look);
    this.board.update(items, this.#tree.roots.map(open));
  }

  #drawRest() {
    const { current, facts, ctx } = this, { all, roots } = this.#tree;
    this.desk.hidden = this.tools.element.hidden = !all.size;
    this.empty.hidden = all.size > 0;
    this.tools.update();
    this.note.update();
    this.panel.update(current, this.#tree, current && facts.of(current.key));
    const nodes = roots.flatMap(wholeBranch);
    this.whatIf.update(nodes.filter((node) => node.level === "frontline"));
    this.past.update(nodes);
    setText(this.problems, facts.refusal || (facts.problems ?? []).map((one) => one.text).join(" "));
  }
}

/** What the browser keeps of how a worksheet's tree is looked at. */
function makeKept(ctx) {
  const { tab } = ctx.view.browser, key = `pb:tree:${ctx.state.worksheet.id}`;
  const { closed = [], chosen = null, look = null } = JSON.parse(tab.get(key) ?? "{}");
  const kept = { closed: new Set(closed), chosen, look };
  kept.save = () => tab.set(key, JSON.stringify({ ...kept, closed: [...kept.closed] }));
  return kept;
}
