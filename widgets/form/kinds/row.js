// Questions that are answered by a row of a table.
import { makeChoices, makeSelect } from "./choice.js";
/** @import { QuestionKind } from "./base.js" */

const MANY_ROWS = 12; // more are a list to open

function makeRowPills(use) {
  const control = makeChoices("radio", use);
  return { ...control, draw: control.refresh };
}

/** @type {QuestionKind} */
export const ROW = {
  control: (_, use) => (use.compact || use.options().length > MANY_ROWS ? makeSelect(use) : makeRowPills(use)),
  text: (value, { rowName }) => rowName(value),
};
