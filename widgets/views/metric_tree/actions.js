// What can be done to the tree: each action is one operation, so that one undo takes it back.
import { rowIdOf } from "../../form/kept.js";
import { TABLE, besides, isWithin, levelBelow, placesToMove, readTree, wholeBranch } from "./model.js";
/** @import { Context } from "../../form/context.js" */

/** The actions on the metrics of `table`. `turn(row, "edit" | "focus")` brings a metric up, and
 * `refuse(text)` shows why something was not done. */
export class TreeActions {
  constructor(/** @type {Context} */ ctx, table, { turn, refuse }) {
    this.ctx = ctx;
    this.table = table;
    this.turn = turn;
    this.refuse = refuse;
  }

  get isFull() {
    return this.ctx.rows(TABLE).length >= this.table.max_rows;
  }

  /** A new metric below `parent`; with null the one at the top. */
  add(parent) {
    const answers = parent ? { level: levelBelow(parent), parent: parent.key } : { level: "financial" };
    this.#make("add_row", { answers }, parent ? "added" : "added_top", parent);
  }

  addBeside(node) {
    if (node.parent) this.add(node.parent);
    else this.#make("add_row", { answers: node.level ? { level: node.level } : {} }, "added_top");
  }

  duplicate(node) {
    this.#make("duplicate_row", { row: node.key }, "duplicated", node);
  }

  #make(kind, args, said, node) {
    const { ctx } = this;
    if (this.isFull) return this.#refuse("full", { limit: this.table.max_rows });
    this.refuse("");
    const row = rowIdOf(ctx.op(kind, { table: TABLE, ...args }));
    ctx.announce(this.say(said, { name: node?.name }));
    this.turn(row, "edit");
  }

  /** The metric goes, and all below it. */
  remove(node) {
    const { ctx } = this;
    const below = wholeBranch(node).slice(1).map((one) => one.key), beside = besides(readTree(ctx), node);
    const text = this.say(below.length ? "removed" : "removed_one", { name: node.name, count: below.length });
    const at = beside.findIndex((one) => one.key === node.key);
    const next = beside[at + 1] ?? beside[at - 1] ?? node.parent;
    this.refuse("");
    ctx.removed = { op: ctx.op("remove_row", { table: TABLE, row: node.key, with: below }), table: TABLE, where: "tree", text };
    ctx.announce(text);
    this.turn(next?.key ?? null, "focus");
  }

  /** Hang a metric below `parent` (null: at the top) before the `place`-th there, at the end when there is none. */
  move(node, parent, place = Infinity) {
    const { ctx } = this;
    if (parent && isWithin(parent, node)) return this.#refuse("circle", { name: node.name, parent: parent.name });
    const tree = readTree(ctx), there = parent ? parent.children : tree.roots;
    const siblings = there.map((one) => one.key);
    const by = placesToMove(ctx.rows(TABLE), node.key, siblings, place);
    const same = (node.parent?.key ?? null) === (parent?.key ?? null);
    if (same && !by) return this.#refuse("no_place", { name: node.name });
    this.refuse("");
    const answers = same ? {} : { parent: parent?.key ?? null };
    ctx.op("move_row", { table: TABLE, row: node.key, by, answers });
    this.#tellPlace(node.key);
    this.turn(node.key);
  }

  #tellPlace(row) {
    const tree = readTree(this.ctx), node = tree.all.get(row), all = besides(tree, node);
    const values = { name: node.name, parent: node.parent?.name, place: all.indexOf(node) + 1, count: all.length };
    this.ctx.announce(this.say(node.parent ? "moved_below" : "moved_top", values));
  }

  /** Among its siblings up (-1) or down (1). */
  shift(node, by) {
    const all = besides(readTree(this.ctx), node).map((one) => one.key);
    const place = all.indexOf(node.key) + by;
    if (place < 0 || place >= all.length) this.#refuse("no_place", { name: node.name });
    else this.move(node, node.parent, place);
  }

  /** Beside the metric it moves now, just after it. */
  outdent(node) {
    const { parent } = node;
    if (!parent) return this.#refuse("no_place", { name: node.name });
    this.move(node, parent.parent, besides(readTree(this.ctx), parent).findIndex((one) => one.key === parent.key) + 1);
  }

  /** Below the metric that stands before it. */
  indent(node) {
    const all = besides(readTree(this.ctx), node);
    const before = all[all.findIndex((one) => one.key === node.key) - 1];
    if (before) this.move(node, before);
    else this.#refuse("no_place", { name: node.name });
  }

  /** What was let go over another metric: `where` is "before", "after" or "onto" it. */
  drop(node, target, where) {
    if (where === "onto") return this.move(node, target);
    const rest = besides(readTree(this.ctx), target).filter((one) => one.key !== node.key);
    this.move(node, target.parent, rest.findIndex((one) => one.key === target.key) + (where === "after"));
  }


  say(key, values) {
    return this.ctx.say(`tree.${key}`, values);
  }

  #refuse(key, values) {
    const text = this.say(key, values);
    this.refuse(text);
    this.ctx.announce(text);
  }
}

