// Questions that are answered by a row of a table.
import { h, makeList, setText } from "../../common/dom.js";
import { markInput } from "./base.js";
import { makeChoices } from "./choice.js";
/** @import { QuestionKind } from "./base.js" */

const MANY_ROWS = 12; // more are a list to open

/** One of many rows: a list to open, in which a first letter leads on. */
function makeRowList({ changed, options, say }) {
  const input = h("select", { onchange: () => changed(input.value || null, 0) });
  const list = makeList(input, ({ key }) => {
    const element = h("option", { value: key });
    return { element, update: ({ label }) => setText(element, label) };
  });
  const draw = () => list.sync([{ key: "", label: say("open_cell") }, ...options().map((one) => ({ ...one, key: one.id }))]);
  draw();
  return {
    element: input, input, draw,
    read: () => input.value || null,
    write: (value) => { input.value = value ?? ""; },
    focus: () => input.focus(),
    mark: (error, described) => markInput(input, error, described),
  };
}

function makeRowPills(use) {
  const control = makeChoices("radio", use);
  return { ...control, draw: control.refresh };
}

/** @type {QuestionKind} */
export const ROW = {
  control: (_, use) => (use.options().length > MANY_ROWS ? makeRowList(use) : makeRowPills(use)),
  text: (value, { rowName }) => rowName(value),
};
