// The tree as the worksheet holds it, and questions about it. Reads; changes nothing.

/** @import { Context } from "../../form/context.js" */

export const TABLE = "nodes";
const BELOW = { financial: "operating", operating: "frontline" };

/** The name of the field that answers `question` for a metric. */
export const fieldOf = (row, question) => `${TABLE}/${row}/${question}`;

/** The level that a metric made below this one most likely has. */
export const levelBelow = (node) => BELOW[node?.level] ?? "other";

const kept = new WeakMap(); // context -> {version, tree}: chain and tree read hundreds of metrics with every key

/** The worksheet's metrics: {all: Map row -> node, roots}. A node is {key, name, level, evidence, parent,
 * children, depth}, children in the person's order. Of a circle, the first metric stands at the top. */
export function readTree(/** @type {Context} */ ctx) {
  const { version } = ctx, last = kept.get(ctx);
  if (last?.version === version) return last.tree;
  const tree = readAll(ctx);
  kept.set(ctx, { version, tree });
  return tree;
}

function readAll(/** @type {Context} */ ctx) {
  const all = new Map(ctx.rows(TABLE).map((row) => [row, readNode(ctx, row)]));
  for (const node of all.values()) {
    node.parent = all.get(node.above) ?? null;
    node.parent?.children.push(node);
  }
  const roots = [...all.values()].filter((node) => !node.parent);
  const seen = new Set();
  roots.forEach((root) => reachBelow(root, 0, seen));
  for (const node of all.values()) if (!seen.has(node)) roots.push(cutCircle(node, seen));
  return { all, roots };
}

function readNode(/** @type {Context} */ ctx, key) {
  const value = (question) => ctx.value(fieldOf(key, question));
  return {
    key, above: value("parent"), level: value("level"), evidence: value("evidence"), given: value("name"),
    name: ctx.labels.row(TABLE, key), children: [], depth: 0,
  };
}

function reachBelow(node, depth, seen) {
  if (seen.has(node)) return;
  seen.add(node);
  node.depth = depth;
  node.children.forEach((child) => reachBelow(child, depth + 1, seen));
}

function cutCircle(node, seen) {
  const { parent } = node;
  parent.children.splice(parent.children.indexOf(node), 1);
  node.parent = null;
  reachBelow(node, 0, seen);
  return node;
}

/** The metrics that stand beside this one, itself among them. */
export const besides = (tree, node) => (node.parent ? node.parent.children : tree.roots);

/** This metric and all below it, from the top. */
export const wholeBranch = (node) => [node, ...node.children.flatMap(wholeBranch)];

/** Whether `node` is `other` or stands somewhere below it. */
export function isWithin(node, other) {
  for (let at = node; at; at = at.parent) if (at === other) return true;
  return false;
}

/** What is in sight, from the top, without what is below a `closed` metric. */
export function inSight(nodes, closed) {
  return nodes.flatMap((node) => [node, ...(closed.has(node.key) ? [] : inSight(node.children, closed))]);
}

/** How many places a row has to move among all rows to stand among `siblings` before the one at
 * `place`, at their end when there is none. */
export function placesToMove(rows, row, siblings, place) {
  const rest = rows.filter((one) => one !== row);
  const others = siblings.filter((one) => one !== row);
  const before = rest.indexOf(others[place]);
  const target = before >= 0 ? before : others.length ? rest.indexOf(others.at(-1)) + 1 : rows.indexOf(row);
  return target - rows.indexOf(row);
}

/** The chain: its money, its operating metric and what the group moves, of a tree that may be bigger. */
export function chainOf(tree) {
  const all = tree.roots.flatMap(wholeBranch);
  const money = all.find((node) => node.level === "financial") ?? null;
  const drives = all.filter((node) => node.level === "operating" && (!money || isWithin(node, money) || !node.parent));
  const hasFront = (node) => wholeBranch(node).some((one) => one.level === "frontline");
  const operating = drives.find(hasFront) ?? drives[0] ?? null;
  const within = (node) => isWithin(node, operating ?? money) || !node.parent;
  return { money, operating, fronts: all.filter((node) => node.level === "frontline" && within(node)), count: all.length };
}
