// Questions that are answered by a row of a table.
import { h } from "../../common/dom.js";
import { makeChoices, makeSelect } from "./choice.js";
/** @import { QuestionKind } from "./base.js" */

const MANY_ROWS = 12; // more are a list to open

function makeRowPills(use) {
  const control = makeChoices("radio", use), nothing = h("p", { class: "small" }, use.say("nothing_to_choose", { name: use.rowKind }));
  const draw = () => {
    control.refresh();
    nothing.hidden = use.options().length > 0;
  };
  draw();
  return { ...control, element: h("div", {}, control.element, nothing), draw };
}

/** @type {QuestionKind} */
export const ROW = {
  control: (_, use) => (use.compact || use.options().length > MANY_ROWS ? makeSelect(use) : makeRowPills(use)),
  text: (value, { rowName }) => rowName(value),
};
