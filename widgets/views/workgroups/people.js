// The people of the board as the form has them, and what can be done.
/** @import { Context } from "../../form/context.js" */

export const TABLE = "people";
const DIFFERENCES = ["area", "site", "way", "tenure", "skill", "view"], SHOWN = 3;

export const fieldOf = (row, question) => `${TABLE}/${row}/${question}`;

/** Everybody who has a code: {key, code, group, cell, locked, told}. `group` and `cell` are 0 for none; `preview` has other groups by row. */
export function readPeople(/** @type {Context} */ ctx, preview = null) {
  const value = (row, question) => ctx.value(fieldOf(row, question));
  return ctx.rows(TABLE).filter((row) => value(row, "code")).map((row) => ({
    key: row, code: value(row, "code"), group: Number(preview?.[row] ?? value(row, "group") ?? 0), cell: Number(value(row, "cell") ?? 0), locked: value(row, "locked") === "yes",
    told: DIFFERENCES.map((one) => value(row, one)).filter(Boolean).slice(0, SHOWN),
  }));
}

/** How many columns there are: as many groups as were asked for, or are in use. */
export function columnsOf(/** @type {Context} */ ctx, people) {
  const asked = Number(ctx.value("group_count") ?? 0), few = Math.floor(people.length / 3);
  return Math.max(asked || Math.max(1, Math.min(4, few)), ...people.map(({ group }) => group));
}

/** The same people with their cells in place of groups, and how many there are: for the board of cells. */
export const inCells = (people) => ({
  people: people.map((one) => ({ ...one, groupOf: one.group, group: one.cell })), count: Math.max(0, ...people.map(({ cell }) => cell)),
});

/** One change of many rows: {row: {question: value}}. */
export const answerRows = (/** @type {Context} */ ctx, rows) => ctx.op("answer_rows", { table: TABLE, rows });
