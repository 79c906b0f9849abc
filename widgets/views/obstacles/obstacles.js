// The obstacles as the form has them, with their age.
/** @import { Context } from "../../form/context.js" */

export const TABLE = "obstacles";
export const STATES = ["raised", "covered", "fixing", "gone"];
const ASKED = ["what", "state", "kind", "cover", "fix", "owner", "since", "mover"];

export const fieldOf = (row, question) => `${TABLE}/${row}/${question}`;

/** The choices of a question of the board. */
export const choicesOf = (/** @type {Context} */ ctx, question) => ctx.labels.question(fieldOf("", question)).choices;

/** {key, name, age, isOld, ...answers} of each obstacle, in the order of the list; `ages` and `old` are what the kernel says. */
export function readObstacles(/** @type {Context} */ ctx, { ages, old } = { ages: {}, old: [] }) {
  return ctx.rows(TABLE).map((key) => {
    const said = Object.fromEntries(ASKED.map((question) => [question, ctx.value(fieldOf(key, question)) ?? ""])), isOpen = said.state !== "gone";
    return { ...said, key, name: ctx.labels.row(TABLE, key), age: ages[key] ?? null, isOpen, isOld: isOpen && old.includes(key), blocks: ctx.value(fieldOf(key, "blocks")) ?? [] };
  });
}

/** Open obstacles by kind, the most frequent first: [{kind, count, blocks: {block: count}}]. */
export function byKind(obstacles) {
  const kinds = new Map();
  for (const { kind, blocks } of obstacles.filter(({ isOpen }) => isOpen)) {
    const one = kinds.get(kind) ?? { kind, count: 0, blocks: {} };
    one.count += 1;
    for (const block of blocks) one.blocks[block] = (one.blocks[block] ?? 0) + 1;
    kinds.set(kind, one);
  }
  return [...kinds.values()].sort((one, other) => other.count - one.count);
}
