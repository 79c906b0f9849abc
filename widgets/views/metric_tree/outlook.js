// The tree as it is looked at: what is chosen, what is closed, what is in sight. The browser keeps that for
// each worksheet; order and structure are the worksheet's own.
import { besides, inSight, isWithin, readTree } from "./model.js";
/** @import { Context } from "../../form/context.js" */

/** How one worksheet's tree is looked at; read() takes in how it stands now. */
export class Outlook {
  #kept;
  #place = 0; // of the chosen metric in sight, for when it goes

  constructor(/** @type {Context} */ ctx) {
    this.ctx = ctx;
    this.#kept = makeKept(ctx);
    this.tree = { all: new Map(), roots: [] };
    this.sight = [];
  }

  read() {
    this.tree = readTree(this.ctx);
    this.sight = inSight(this.tree.roots, this.#kept.closed);
    const at = this.sight.indexOf(this.current);
    if (at >= 0) this.#place = at;
    else if (!this.current) this.#kept.chosen = this.sight[Math.min(this.#place, this.sight.length - 1)]?.key ?? null;
  }

  get current() { return this.tree.all.get(this.#kept.chosen) ?? null; }
  get look() { return this.#kept.look; }
  isClosed(row) { return this.#kept.closed.has(row); }

  /** Choose a metric, and open what is closed above it. */
  choose(row) {
    this.#kept.chosen = row;
    for (let at = readTree(this.ctx).all.get(row)?.parent; at; at = at.parent) this.#kept.closed.delete(at.key);
    this.#kept.save();
  }

  close(row, closed) {
    this.#kept.closed[closed ? "add" : "delete"](row);
    if (closed && this.current && isWithin(this.current, this.tree.all.get(row))) this.#kept.chosen = row;
    this.#kept.save();
  }

  show(look) {
    this.#kept.look = look;
    this.#kept.save();
  }

  /** The next metric in sight whose name begins so; undefined when there is none. */
  find(text) {
    const start = this.sight.indexOf(this.current) + ([...text].length === 1 ? 1 : 0);
    const order = [...this.sight.slice(start), ...this.sight.slice(0, start)];
    return order.find((node) => node.name.toLocaleLowerCase().startsWith(text.toLocaleLowerCase()));
  }

  /** What is in sight, as the board's cards; more(row) is what else is known of a metric. */
  cards(more) {
    const { current } = this;
    return this.sight.map((node) => {
      const beside = besides(this.tree, node);
      const place = { place: beside.indexOf(node) + 1, count: beside.length };
      return { key: node.key, node, ...place, closed: this.isClosed(node.key), current: node === current, ...more(node.key) };
    });
  }

  /** The tree in sight, for its layout. */
  get drawn() {
    const open = (node) => ({ key: node.key, children: this.isClosed(node.key) ? [] : node.children.map(open) });
    return this.tree.roots.map(open);
  }
}

function makeKept(/** @type {Context} */ ctx) {
  const { tab } = ctx.view.browser, key = `pb:tree:${ctx.state.worksheet.id}`;
  const { closed = [], chosen = null, look = null } = JSON.parse(tab.get(key) ?? "{}");
  const kept = { closed: new Set(closed), chosen, look };
  kept.save = () => tab.set(key, JSON.stringify({ ...kept, closed: [...kept.closed] }));
  return kept;
}
