// Where the rows of a map stand: two scales, and what keeps a row off the map.

/** @import { Context } from "../../form/context.js" */

const OFF = { question: "free", value: "no" }; // without people there is no place to begin

/** The rows of `table` on the scales "impact" (up) and "likelihood" (across) of `section`. A spot is
 * {up, across}, counted from 0; null for a scale without an answer. */
export function makePlaces(/** @type {Context} */ ctx, section, table) {
  const [up, across] = ["impact", "likelihood"].map((id) => section.questions.find((question) => question.id === id));
  const scales = { up, across };
  const fieldOf = (row, question) => `${table.id}/${row}/${question.id}`;
  const name = (row) => ctx.labels.row(table.id, row);

  function spot(row) {
    const point = (question) => {
      const place = question.choices.findIndex(({ id }) => id === ctx.value(fieldOf(row, question)));
      return place < 0 ? null : place;
    };
    return { up: point(up), across: point(across) };
  }

  /** "off", "open" (not placed yet) or "placed". */
  function stand(row) {
    if (ctx.value(fieldOf(row, { id: OFF.question })) === OFF.value) return "off";
    const { up: high, across: far } = spot(row);
    return high === null || far === null ? "open" : "placed";
  }

  /** Put a row on a spot, or with null on none: a change for each answer that differs. */
  function put(row, next) {
    const now = spot(row);
    for (const [axis, question] of Object.entries(scales)) {
      const point = next?.[axis] ?? null;
      if (point !== now[axis]) ctx.edit(fieldOf(row, question), question.choices[point]?.id ?? null, 0);
    }
  }

  /** "start", "mitigate", "dismissed" or "leave". */
  function quadrant({ up: high, across: far }) {
    const [most, likely] = [high >= up.choices.length / 2, far >= across.choices.length / 2];
    if (most) return likely ? "start" : "mitigate";
    return likely ? "dismissed" : "leave";
  }

  /** A row on a spot in words. */
  function said(row, { up: high, across: far }) {
    const words = { name: name(row), impact: up.choices[high].label, likelihood: across.choices[far].label };
    return ctx.say("map.moved", words);
  }

  return {
    scales, fieldOf, name, spot, stand, put, quadrant, said,
    size: { up: up.choices.length, across: across.choices.length },
    rows: () => (ctx.rows(table.id).length ? ctx.rows(table.id) : [ctx.blankRow(table.id)]),
  };
}
